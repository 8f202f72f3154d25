"""The mail as plain text and as HTML that any mail program shows: tables, no pictures, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pipeline.digest.told import Mail, Part

_CELL = "padding:4px 10px;border-bottom:1px solid #ccd3da;"
_HTML = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family:Arial,sans-serif;color:#1b1f23;max-width:46em;margin:auto;padding:1em">
<h1 style="font-size:1.4em;color:#1d4f78">{title}</h1>
<p>{about}</p>
{parts}
<p><strong>{board}</strong></p>
<p style="font-size:0.85em;color:#4d5761">{why}</p>
</body></html>
"""


def text(mail: Mail) -> str:
    """Return the mail as plain text, its columns under each other."""
    blocks = [mail.title, mail.about, *("\n".join(_block(part)) for part in mail.parts), mail.board, mail.why]
    return "\n\n".join(blocks) + "\n"


def _block(part: Part) -> Iterator[str]:
    """Yield the lines of a part."""
    yield part.title.upper()
    if part.note:
        yield part.note
    if not part.rows:
        return
    table = (part.heads, *part.rows)
    widths = [max(len(row[n]) for row in table) for n in range(len(part.heads))]
    for row in table:
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        yield "  " + "  ".join(cells).rstrip()


def html(mail: Mail, language: str) -> str:
    """Return the mail as HTML; every word in it is text."""
    told = {name: escape(getattr(mail, name)) for name in ("title", "about", "board", "why")}
    link = escape(mail.link)
    told["board"] = told["board"].replace(link, f'<a href="{link}">{link}</a>')
    return _HTML.format(language=language, parts="\n".join(map(_section, mail.parts)), **told)


def _section(part: Part) -> str:
    """Return a part: a title, a sentence, a table with its head."""
    note = f"<p>{escape(part.note)}</p>" if part.note else ""
    title = f'<h2 style="font-size:1.1em;margin-bottom:0.3em">{escape(part.title)}</h2>'
    if not part.rows:
        return title + note
    heads = "".join(_cell(head, first=n == 0, row=False) for n, head in enumerate(part.heads))
    rows = "".join(
        f"<tr>{''.join(_cell(c, first=n == 0) for n, c in enumerate(row))}</tr>" for row in part.rows
    )
    table = f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
    return f'{title}{note}<table style="border-collapse:collapse">{table}</table>'


def _cell(told: str, *, first: bool, row: bool = True) -> str:
    """Return a cell; the first of a row names it, the others are numbers."""
    align = "left" if first else "right"
    name, scope = ("td", "") if row and not first else ("th", ' scope="row"' if row else ' scope="col"')
    weight = "font-weight:normal;" if name == "th" and row else ""
    return f'<{name}{scope} style="{_CELL}{weight}text-align:{align}">{escape(told)}</{name}>'
