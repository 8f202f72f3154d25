"""What a page of an unknown edition asks: its phrases and headings, and the field behind each label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractors.forms.labelled.belonging import topic
from extractors.forms.labelled.phrases import Phrase, phrases
from extractors.forms.labelled.sections import above, headings
from extractors.forms.labelled.vocabulary import Section, vocabulary
from extractors.page import Page


class Outline:
    """The phrases and headings of one page; `first` says that a document begins on it."""

    def __init__(self, page: Page, kind: str, *, first: bool) -> None:
        self.page = page
        self.words = vocabulary(kind)
        self.phrases = phrases(page, self.words)
        self.headings = headings(page, self.phrases, self.words)
        self._opening = next(iter(self.words.headings.values())) if first else None

    def section(self, phrase: Phrase) -> tuple[Section | None, bool]:
        """Return the section of *phrase*, and whether what stands there can be ours at all.

        Above the first heading stands the first section, but only where the document begins.
        """
        part = above(phrase.box, self.headings)
        if part is None:
            return self._opening, True
        return part.section, part.section is not None

    def asked(self, labels: Sequence[Phrase]) -> Iterator[tuple[str, Phrase]]:
        """Give the field that each label asks for; the blocks of a list are counted label by label."""
        blocks: dict[str, int] = defaultdict(int)
        for phrase in labels:
            section, ours = self.section(phrase)
            name = self._name(section, phrase) if ours else None
            if name is None:
                continue
            if section and section.repeats and name in section.asks.values():
                blocks[name] += 1
                name = _numbered(name, blocks[name] - 1)
            yield name, phrase

    def options(self) -> dict[str, list[tuple[Phrase, str]]]:
        """Return the printed options of each group of boxes, each with what it stands for."""
        groups: dict[str, list[tuple[Phrase, str]]] = defaultdict(list)
        blocks: dict[tuple[str, str], int] = defaultdict(int)
        for phrase in self.phrases:
            section, ours = self.section(phrase)
            meant = self.words.options.get(phrase.key, ())
            told = [
                (self.words.group(section if ours else None, option.group), option.slug) for option in meant
            ]
            name, slug = next((pair for pair in told if pair[0]), (None, ""))
            if name is None:
                continue
            if section and section.repeats and name in section.ticks.values():
                blocks[name, slug] += 1
                name = _numbered(name, blocks[name, slug] - 1)
            groups[name].append((phrase, slug))
        return groups

    def _name(self, section: Section | None, phrase: Phrase) -> str | None:
        """Return the field that *phrase* asks for, None where it is no label of ours."""
        label = self.words.labels.get(phrase.key)
        if label == "number":
            label = {"document": "id_number", "home": "number"}.get(topic(self.page, phrase.box) or "")
        signs = self.words.signatures.get(phrase.key)
        return signs or (self.words.field(section, label) if label else None)


def _numbered(name: str, block: int) -> str:
    """Return `list.leaf` as `list.block.leaf`."""
    prefix, leaf = name.split(".", 1)
    return f"{prefix}.{block}.{leaf}"
