"""Patches of ink that hang together, corners included: which pixel belongs to which, and their boxes."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

_SMALL = 40_000
"""Pixels of a window up to which OpenCV tells the boxes as well: each step here has a cost of its own."""
_Counts = npt.NDArray[np.intp]


class Patches(NamedTuple):
    """How many patches there are, the paper among them as patch 0; the patch of each pixel; boxes; middles.

    `stats` has a row for each patch, in pixels: left, top, width, height and area (`cv2.CC_STAT_LEFT` ...);
    the paper's box is the whole window.
    """

    total: int
    labels: npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]
    middles: npt.NDArray[np.float64]


class _Runs(NamedTuple):
    """Ink as runs along rows, in the order of reading: the row, the first column, the one after the last."""

    row: _Counts
    first: _Counts
    end: _Counts


def patches(ink: cv2.typing.MatLike | npt.NDArray[np.bool_], *, corners: bool = True) -> Patches:
    """Return the patches of *ink*, bytes or truths that are not 0 where there is any; one pixel at least.

    Without *corners* what touches at a corner alone does not hang together. OpenCV tells the boxes pixel by
    pixel, paper too, in four times the time that it takes to tell the patches; those of a page are told run
    by run, to the same figures.
    """
    plane = np.asarray(ink).view(np.uint8)
    if plane.size <= _SMALL:
        return _of_window(plane, corners=corners)
    total, found = cv2.connectedComponents(plane, connectivity=8 if corners else 4)
    labels, runs = np.asarray(found, np.int32), _runs(plane)
    stats, middles = _told(runs, labels[runs.row, runs.first], total, plane.shape)
    return Patches(total, labels, stats, middles)


def _of_window(plane: npt.NDArray[np.uint8], *, corners: bool) -> Patches:
    """Return the patches of a small window; see `patches`."""
    found = cv2.connectedComponentsWithStats(plane, connectivity=8 if corners else 4)
    labels, stats, middles = np.asarray(found[1], np.int32), np.asarray(found[2], np.int32), found[3]
    stats[0, :4] = 0, 0, plane.shape[1], plane.shape[0]  # OpenCV's is the box of the paper alone
    if not stats[0, cv2.CC_STAT_AREA]:
        middles[0] = 0.0
    return Patches(found[0], labels, stats, np.asarray(middles, np.float64))


def _runs(plane: npt.NDArray[np.uint8]) -> _Runs:
    """Return the runs of ink; a column of paper after the last one parts each row from the next."""
    rows, columns = plane.shape
    padded = np.zeros((rows, columns + 1), np.bool_)
    np.not_equal(plane, 0, out=padded[:, :columns])
    line = padded.ravel()
    changes = np.empty_like(line)
    changes[0] = line[0]
    np.not_equal(line[1:], line[:-1], out=changes[1:])
    edges = np.flatnonzero(changes)
    row, first = np.divmod(edges[::2], columns + 1)
    return _Runs(row, first, first + edges[1::2] - edges[::2])


def _told(
    runs: _Runs, of: npt.NDArray[np.int32], total: int, shape: tuple[int, ...]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """Return the boxes and areas, and the middles, of patches from their runs and the patch *of* each."""
    (rows, columns), long = shape, runs.end - runs.first
    left, right = np.full(total, columns), np.zeros(total, np.intp)
    np.minimum.at(left, of, runs.first)
    np.maximum.at(right, of, runs.end)
    top, low = np.zeros(total, np.intp), np.zeros(total, np.intp)
    top[of[::-1]], low[of] = runs.row[::-1], runs.row + 1  # what is set last stays
    area = np.bincount(of, long, total)
    across = np.bincount(of, long * (runs.first + runs.end - 1) / 2, total)
    down = np.bincount(of, long * runs.row, total)
    area[0] = rows * columns - area.sum()
    across[0] = rows * columns * (columns - 1) / 2 - across.sum()
    down[0] = rows * columns * (rows - 1) / 2 - down.sum()
    left[0], top[0], right[0], low[0] = 0, 0, columns, rows
    stats = np.stack((left, top, right - left, low - top, area), axis=1).astype(np.int32)
    return stats, np.stack((across, down), axis=1) / np.maximum(area, 1)[:, None]
