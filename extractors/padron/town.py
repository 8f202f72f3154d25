"""The municipality whose register speaks, and its province, from letterhead, labels and prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.document import Field, Reading
from extractors.languages.provinces import provinces
from extractors.padron.origin import proper
from extractors.padron.page.labels import Labelled
from extractors.padron.page.layout import Passage
from extractors.padron.vocabulary import labels_in, told_words
from extractors.prose import Prose, fold

STRANGE = 0.85
"""Certainty at most of a province of which nobody has heard, on a scan."""
_SPELT = 0.8
"""Certainty of a name that is known by a form of it that two names can have."""
_NAME = (
    r"(?P<name>[A-ZÀ-ÝÑ][\wÀ-ÿ'’·-]*"
    r"(?:[ \n](?:(?:de|del|la|las|los|el|da|do|das|dos|y|i|les|els|l['’]|d['’]|DE|DEL|LA|LAS"
    r"|LOS|EL|DA|DO|Y|I|DELS)[ \n])*[A-ZÀ-ÝÑ][\wÀ-ÿ'’·-]*)*)"
)
_HEAD = re.compile(
    r"(?:ayuntamiento|ayto\.?|ajuntament|concello|municipio|municipi|ciudad(?:\s+autonoma)?|ciutat|cidade(?:\s+autonoma)?)\s+"
    r"(?P<of>de\s+l['’]\s?|d['’]\s?|del?\s+|d[oa]s?\s+)"
)
_CITY = re.compile(r"(?:^|\n)[ ]*(?P<name>ceuta|melilla)\W{1,4}ciudad\s+autonoma(?!\w|\s+de)")
"""A letterhead of one of the two cities that turns their titles round."""
_REGISTER = re.compile(r"(?:de\s+habitantes|d['’]habitants)\s+(?P<of>del?\s+|d['’]\s?|d[oa]s?\s+)")
_OVER = re.compile(
    r"(?:^|\n)[ ]*"
    + _NAME.replace(r"[ \n]", " ")
    + r"[ ]*\n[ ]*(?:Ayuntamiento|AYUNTAMIENTO|Ajuntament|AJUNTAMENT)(?=\s*(?:[·|,–-]|\n|$))"
)
"""A letterhead with the town's name in a line of its own, over what it heads."""
_CONCEJO = re.compile(r"(?<!\w)concejo\s+(?P<of>del?\s+)")
_ASTURIAS = re.compile(r"(?<!\w)asturia\w*")
"""Where a municipality is called a concejo (Estatuto de Autonomía, art. 6); elsewhere a part of one is."""
_BASQUE = re.compile(
    r"(?<!\w)(?P<name>[A-ZÀ-Ý][\wÀ-ÿ-]*?)(?:ko|go)\s+udal(?:a|ak|eko|erriko)?(?!\w)", re.IGNORECASE
)
_STOP = re.compile(
    r"\s(?:padr|negociad|area|servici|departament|concejal|estad|certific|secretari|registro|rexistro|oficina|provincia"
    r"|ayuntamiento|ajuntament|concello|udala|volant|informe|hoja|c\.?i\.?f|alcald"
    r"|impres|fecha|data(?!\w)|pagina|telef|csv)"
)
_LONE = re.compile(r"(?<!\s)(?<!\s[A-ZÀ-Ý])(?:\s+[A-ZÀ-Ý])+$")
"""Letters that stand alone after a name: no municipality's ends so, and a coat of arms is one to a scan."""
_ARTICLE = {"del": "El ", "da": "A ", "do": "O ", "das": "As ", "dos": "Os ", "de l'": "L'"}
_BASQUE_NAMES: Mapping[str, str] = {
    "bilbo": "Bilbao",
    "gasteiz": "Vitoria-Gasteiz",
    "donosti": "Donostia",
    "irun": "Irun",
}
_GONE = re.compile(
    r"(?:proced\w+|provin\w+|residencia|residir|traslad\w+|trasllad\w+|destino|desti|march\w+|empadron\w+|baj[oa]|baixa|alta)\s+"
    r"(?:(?:en|a|de|des|desde|dende|hacia|otro|altre)\s+)?(?:al?|ao|del?|do|des\s+del|desde\s+el|dende\s+o)\s+"
    r"(?:(?:el|o|la)\s+)?(?:termino\s+)?$"
)
"""Words before "municipio de ...": where somebody came from, or went to, is not whose register speaks."""
_OFFICE = re.compile(r"ayuntamiento|ayto|ajuntament|concello")
_LEVEL = 2.0
"""Points by which two names of one line may stand apart in height."""
_CASE = r"(?:e?n|e?ra|e?tik)?"
"""Endings of a Basque town's name for in, to and from it: "Azpeitian", "Zarautzen"."""
_CLAUSE = 60
_TITLE = re.compile(
    r"\s(?:de|a|que)\s(?:D|Dª|D\.ª|Dña|Don|Doña|DON|DOÑA|Sra?|la\s+Sra?|el\s+Sr)(?!\w).*", re.DOTALL
)
"""A person's title behind the municipality's name: "Padrón de Habitantes de Lorca de Dª ..."."""
_GENERIC = frozenset(
    {
        "habitantes",
        "residencia",
        "procedencia",
        "origen",
        "nacimiento",
        "destino",
        "municipio",
        "este",
        "esta",
    }
)


def town(passages: Sequence[Passage], labels: Sequence[Labelled], whole: str = "") -> Field | None:
    """Return the municipality: what most places of the paper name, surer when they agree.

    *whole* is all the paper says, folded, where the *passages* leave out names in labels.
    """
    own = [label for label in labels if not label.dated]  # a movement's row may name another town
    paper = "\n".join(passage.prose.folded for passage in passages)
    named = [*_labels(own), *(field for passage in passages for field in _named(passage.prose, paper))]
    named = (
        named or list(_labels(labels)) or [x for p in passages for x in _less_plainly(p.prose, paper + whole)]
    )
    if not named:
        return None
    counts = Counter(fold(str(field.value)) for field in named)
    best = max(named, key=lambda f: counts[fold(str(f.value))])
    rivals = [field for field in named if fold(str(field.value)) != fold(str(best.value))]
    rivals = [
        field for field in rivals if not any(_same_town(field, o) for o in named if o.value == best.value)
    ]
    if not rivals:
        return best
    most = counts[fold(str(best.value))] > len(rivals) and not _headed_by(rivals, named)
    sure = 0.9 if most else 0.6
    return Field(
        value=best.value,
        text=best.text,
        confidence=min(best.confidence, sure),
        page=best.page,
        box=best.box,
        readings=tuple(
            Reading(reader="text", text=f.text, value=f.value, confidence=1 - sure) for f in rivals[:1]
        ),
    )


def _headed_by(rivals: Sequence[Field], named: Sequence[Field]) -> bool:
    """Whether the first town hall named, that of the letterhead, is another's than whose register speaks.

    A town certifies its own register alone (RD 1690/1986, art. 53).
    """
    heads = [field for field in named if _OFFICE.match(fold(field.text))]
    return bool(heads) and min(heads, key=lambda field: (field.page, field.box.y0)) in rivals


def _same_town(one: Field, two: Field) -> bool:
    """Whether two names stand in one line, each behind the town hall in a language of its own."""
    level = one.page == two.page and abs(one.box.y0 - two.box.y0) < _LEVEL
    heads = {_OFFICE.match(fold(field.text)) for field in (one, two)}
    words = {head[0] if head is not None else "" for head in heads}
    return level and len(words) == 2


def _labels(labels: Sequence[Labelled]) -> Iterator[Field]:
    """Yield what stands behind the label of the municipality."""
    for label in labels:
        value = (
            proper(re.sub(r"^\d+\s*[-–]?\s*", "", label.value)).strip(" .-")
            if label.meaning == "municipality" and not _qualified(label)
            else ""
        )
        if value and not any(letter.isdigit() for letter in value):
            yield label.field(re.sub(r"\s*\([^)]*\)$", "", value), 0.95)


def _qualified(label: Labelled) -> bool:
    """Whether words that are no label stand before it in its line: "lived before in the town: ...".

    Nor is the end of a sentence a label cut short: "del Régimen / Local." over what comes next.
    """
    ahead = label.prose.folded[: label.start]
    line = ahead.rstrip(" :\n").rfind("\n") + 1
    marks = labels_in(ahead[line:])
    told = ahead[line : line + marks[0].start] if marks else ""
    return re.search(r"\.\s*\n\s*$", ahead) is not None or re.search(r"\w", told) is not None


def _named(prose: Prose, paper: str) -> Iterator[Field]:
    """Yield the municipalities that *prose* names as whose register it is; *paper* is all the paper says."""
    for pattern in (_HEAD, _REGISTER):
        yield from _behind(pattern, prose, paper)
    for found in _CITY.finditer(prose.folded):
        yield prose.field(*found.span("name"), found["name"].capitalize(), 0.96)
    for found in _BASQUE.finditer(prose.text):
        stem = proper(found["name"]) if found["name"].isupper() else found["name"]
        name, sure = _of_stem(stem, paper)
        yield prose.field(found.start("name"), found.end("name"), name, sure)


def _less_plainly(prose: Prose, paper: str) -> Iterator[Field]:
    """Yield the towns that *prose* names over "Ayuntamiento", or of an Asturian *paper* as a concejo."""
    for found in _OVER.finditer(prose.text):
        words = fold(found["name"]).split()
        if not set(words) & told_words() and paper.count(" ".join(words)) > 1:
            yield prose.field(*found.span("name"), proper(found["name"]), 0.9)
    if _ASTURIAS.search(paper):
        yield from _behind(_CONCEJO, prose, paper)


def _behind(pattern: re.Pattern[str], prose: Prose, paper: str) -> Iterator[Field]:
    """Yield the names behind the words of *pattern*, but of where somebody came from or went to."""
    for head in pattern.finditer(prose.folded):
        if not _GONE.search(prose.folded, max(head.start() - _CLAUSE, 0), head.start()):
            yield from _after(prose, head, paper)


def _of_stem(stem: str, paper: str) -> tuple[str, float]:
    """Return the name of the town whose Basque genitive has this *stem*, and how sure that is.

    Before -ko a tz is written z: "Zarauzko udala" is Zarautz's, "Gorlizko udala" is Gorliz's; and the a of
    -ia, -ua and -ea may fall: "Azpeitiko udala" is Azpeitia's, "Basauriko udala" is Basauri's.
    """
    if fold(stem) in _BASQUE_NAMES:
        return _BASQUE_NAMES[fold(stem)], 0.9
    ending = {"z": "t?z", "i": "ia?", "u": "ua?", "e": "ea?"}.get(fold(stem)[-1])
    if ending is None:
        return stem, 0.9
    whole = re.search(rf"(?<!\w){re.escape(fold(stem)[:-1])}(?P<end>{ending}){_CASE}(?!\w)", paper)
    return (f"{stem[:-1]}{whole['end']}", 0.9) if whole is not None else (stem, _SPELT)


def _after(prose: Prose, head: re.Match[str], paper: str) -> Iterator[Field]:
    """Yield the name that stands after the words of *head*; *paper* is all the paper says."""
    match = re.compile(_NAME.replace(r"[ \n]", " ")).match(prose.text, head.end())
    if match is None:
        return
    longer = re.compile(_NAME).match(prose.text, head.end())
    named = _goes_on(longer["name"], paper) if longer is not None else None
    told = named or match["name"]
    stop = _STOP.search(fold(told))
    name = _LONE.sub("", _TITLE.sub("", told[: stop.start()] if stop else told))
    name = _with_blanks(name.replace("\n", " "), paper)
    if fold(name).split()[0] in _GENERIC or len(name) < 3:
        return
    of = re.sub(r"[\s’]", lambda m: "'" if m[0] == "’" else " ", head["of"]).strip()
    value = _ARTICLE.get(of, "") + proper(name)
    yield prose.field(head.start(), match.start("name") + len(name), value, 0.96)


def _with_blanks(name: str, paper: str) -> str:
    """Return *name* with the blanks that it has elsewhere on the *paper*.

    Letters set so close that no room is left for a blank come without it: "RIBERAALTA".
    """
    spelled = r"\s?".join(map(re.escape, fold(name).replace(" ", "")))
    found = max((one[0] for one in re.finditer(rf"(?<!\w){spelled}(?!\w)", paper)), key=len, default="")
    letters = iter(name.replace(" ", ""))
    whole = len(fold(name)) == len(name) < len(found)
    return "".join(" " if sign.isspace() else next(letters) for sign in found) if whole else name


def _goes_on(name: str, paper: str) -> str | None:
    """Return as much of a *name* over two lines as stands in one line elsewhere on the *paper*, if any."""
    ends = [found.start() for found in re.finditer(r"(?<=\w)(?!\w)", name) if "\n" in name[: found.start()]]
    for end in reversed(ends):
        whole = re.escape(fold(name[:end]).replace("\n", " "))
        if re.search(rf"(?<!\w){whole}(?!\w)", paper) is not None:
            return name[:end]
    return None


def province(passages: Sequence[Passage], labels: Sequence[Labelled], home: Field | None) -> Field | None:
    """Return the province that a label gives, or that stands in brackets after the municipality.

    None has a name that is no province's: where one is read of a scan, it is not believed.
    """
    found = _province(passages, labels, home)
    if found is None or fold(str(found.value)) in provinces() or not _scanned(passages, found.page):
        return found
    return replace(found, confidence=min(found.confidence, STRANGE))


def _scanned(passages: Sequence[Passage], number: int) -> bool:
    """Whether page *number* was read by OCR."""
    return any(passage.page.number == number and passage.page.reader == "ocr" for passage in passages)


def _province(passages: Sequence[Passage], labels: Sequence[Labelled], home: Field | None) -> Field | None:
    """Return what the paper gives for its province."""
    for label in labels:
        if label.meaning == "province" and label.value:
            return label.field(proper(re.sub(r"^\d+\s*[-–]?\s*", "", label.value)), 0.95)
    of = re.compile(
        r"(?:provincia|província|PROVINCIA|PROVÍNCIA)\s+(?:de|d['’])\s*" + _NAME.replace(r"[ \n]", " ")
    )
    for passage in passages:
        found = of.search(passage.prose.text)
        if found is None and home is not None:
            town_and = re.escape(str(home.value)) + r"\s*\((?P<name>[^)\d]{3,25})\)"
            found = re.search(town_and, passage.prose.text, re.IGNORECASE)
        if found is not None:
            return passage.prose.field(found.start("name"), found.end("name"), proper(found["name"]), 0.9)
    return None
