"""Ink drawn on a blank sheet: strokes, seals, wear."""

import io
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image

from extractors.forms.laid import Laid
from extractors.forms.laying import blanks
from extractors.forms.spot import Spot
from extractors.page import Page
from extractors.reading import dye

SCALE = 200 / 72


BLACK, BLUE, PENCIL, RED = (25, 25, 25), (170, 50, 30), (130, 130, 130), (60, 40, 190)


def blank_paper(sheet):
    """The empty sheet in colour."""
    return cv2.cvtColor(blanks.picture(sheet.edition, sheet.number, SCALE).grey, cv2.COLOR_GRAY2BGR)


def drawn_stroke(paper, points, colour=BLACK, wide=1.0):
    """Draw a stroke of a pen through points of the page."""
    pixels = np.round(np.array(points) * SCALE * 16).astype(np.int32)
    cv2.polylines(paper, [pixels], False, colour, max(round(wide * SCALE), 1), cv2.LINE_AA, 4)


def stamped(paper, middle, radius=40.0, colour=RED):
    """Stamp a round seal with letters."""
    x, y = (round(v * SCALE) for v in middle)
    layer = np.full_like(paper, 255)
    for share in (1.0, 0.7):
        cv2.circle(layer, (x, y), round(radius * share * SCALE), colour, 4, cv2.LINE_AA)
    cv2.putText(layer, "REGISTRO", (x - 70, y + 6), 0, 0.9, colour, 3, cv2.LINE_AA)
    paper[:] = np.minimum(paper, layer)


@lru_cache(maxsize=1)
def _noise(shape):
    """Return the noise of a page: ten million lots, the same for all pages of a size."""
    return np.random.default_rng(7).normal(0, 6, shape)


def worn(paper):
    """Soften the page, add noise, and pack it as a JPEG does."""
    noise = _noise(paper.shape)
    soft = np.clip(cv2.GaussianBlur(paper, (0, 0), 0.8) * 0.9 + 10 + noise, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(soft).save(out, "JPEG", quality=50)
    return np.asarray(Image.open(io.BytesIO(out.getvalue())))


def spots_of(sheet, paper, name, share=1.0):
    """The places of one field on a scan laid on its blank."""
    picture = dye.raster(paper, SCALE)
    page = Page(
        number=1, width=sheet.width, height=sheet.height, words=(), reader="ocr",
        picture=lambda: picture, laid=Laid(sheet=sheet, share=share),
    )  # fmt: skip
    return [
        Spot(
            page=page, name=zone.name, kind=zone.kind, box=zone.box, sure=0.99, value=zone.value, ink=zone.ink
        )
        for zone in sheet.zones
        if zone.name == name
    ]


def box_of(sheet, name, value=None):
    """Where one box stands."""
    return next(z.box for z in sheet.zones if z.name == name and value in {None, z.value})


def framed_stamp(paper, middle, wide=150.0, high=70.0, degrees=6.0, colour=BLACK):
    """Stamp a frame with lines of letters, as a registry does, turned about its middle."""
    x, y = (round(v * SCALE) for v in middle)
    half = np.array([wide, high]) * SCALE / 2
    layer = np.full_like(paper, 255)
    corners = np.int32([(x - half[0], y - half[1]), (x + half[0], y + half[1])])
    cv2.rectangle(layer, tuple(map(int, corners[0])), tuple(map(int, corners[1])), colour, 4, cv2.LINE_AA)
    for at, text in enumerate(("REGISTRO GENERAL", "ENTRADA 4471")):
        place = (int(corners[0][0]) + 20, int(corners[0][1]) + 60 + 60 * at)
        cv2.putText(layer, text, place, 0, 1.2, colour, 4, cv2.LINE_AA)
    way = cv2.getRotationMatrix2D((x, y), degrees, 1.0)
    turned = cv2.warpAffine(layer, way, layer.shape[1::-1], borderValue=(255, 255, 255))
    paper[:] = np.minimum(paper, turned)
