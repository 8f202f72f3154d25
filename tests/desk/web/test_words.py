"""The words of the pages: every one that is asked for is there, every one that is there is asked for."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from desk.web.words import FIRST, LANGUAGES, sentences

WEB = Path("desk/web")
TEMPLATES = sorted(WEB.joinpath("templates").rglob("*.html"))
CODE = sorted(Path("desk").rglob("*.py"))
JINJA = Environment(extensions=["jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True)
SPOKEN = ("aria-label", "title", "alt", "placeholder")
SAME = re.compile(r"^(Ventanilla|JPG|CSV|XLSX|PDF|NIE|IBAN|ID|SHA|%|pt)$")
"""What is written alike in every language."""


def _literals(tree):
    """Yield every text of a template, and whether more is put after it."""
    for one in tree.find_all(nodes.Concat):
        if isinstance(one.nodes[0], nodes.Const) and isinstance(one.nodes[0].value, str):
            yield one.nodes[0].value, True
    for one in tree.find_all(nodes.Const):
        if isinstance(one.value, str):
            yield one.value, False


def _texts(tree):
    """Yield every text of a module, and whether more is put after it."""
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr) and one.values and isinstance(one.values[0], ast.Constant):
            yield one.values[0].value, True
        elif isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value, False


def _asked():
    """Return the names that are asked for whole, and the beginnings of those that are put together."""
    found = [one for path in TEMPLATES for one in _literals(JINJA.parse(path.read_text()))]
    found += [one for path in CODE for one in _texts(ast.parse(path.read_text()))]
    whole = {text for text, more in found if not more}
    begun = {text for text, more in found if more and re.fullmatch(r"[a-z_]+\.\w*", text)}
    return whole, begun


def _calls(path):
    """Yield each sentence that a template says by its whole name: name, and the names of the values given."""
    for call in JINJA.parse(path.read_text()).find_all(nodes.Call):
        if (
            isinstance(call.node, nodes.Name)
            and call.node.name == "say"
            and isinstance(call.args[0], nodes.Const)
        ):
            yield call.args[0].value, {one.key for one in call.kwargs}, call.dyn_kwargs is not None


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_says_only_what_there_is_with_the_values_it_takes(path):
    """A sentence that is missing would be found by whoever opens the page."""
    told = sentences()
    blanks = {name: set(re.findall(r"{(\w+)}", said[FIRST])) for name, said in told.items()}
    wrong = [
        (name, given)
        for name, given, more in _calls(path)
        if name not in told or (not more and not blanks[name] <= given)
    ]

    assert wrong == []


def test_the_code_says_only_what_there_is():
    """A call of say(...) in a module names a sentence."""
    told = sentences()
    calls = [
        (str(path), call.args[0].value)
        for path in CODE
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and (getattr(call.func, "attr", "") == "say" or getattr(call.func, "id", "") == "say")
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]

    assert [one for one in calls if one[1] not in told] == []


def test_every_sentence_is_said_somewhere():
    """What no page says any more is taken out."""
    whole, begun = _asked()
    unsaid = [
        name
        for name in sentences()
        if name not in whole and not any(name.startswith(start) for start in begun)
    ]
    # Refused(status, why) names a sentence of `wrong` by its last part
    assert [name for name in unsaid if name.removeprefix("wrong.") not in whole] == []


class _Spoken(HTMLParser):
    """What a person reads or hears of a template that does not come from the words."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        # a macro may hold a piece of a tag alone
        self.found += re.findall(r"[^\W\d_]{2,}", re.sub(r'[\w:-]+="[^"]*("|$)|data-\w+', "", data))

    def handle_starttag(self, _tag, attrs):
        for name, value in attrs:
            if name in SPOKEN:
                self.found += re.findall(r"[^\W\d_]{2,}", value or "")


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_has_no_words_of_its_own(path):
    """Whatever is read aloud comes from the words, in the language of who reads."""
    data = "".join(
        text if kind == "data" else " "
        for _, kind, text in JINJA.lex(path.read_text())
        if kind in {"data", "variable_end"}
    )
    parser = _Spoken()
    parser.feed(data)

    assert [one for one in parser.found if not SAME.match(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shouts_or_ends_in_a_space(language):
    """Words in capitals are read letter by letter, and are hard on the eyes."""
    shouted = re.compile(r"\b(?!UNE|RGPD|PAdES)[A-ZÁÉÍÓÚÑ]{6,}\b")
    wrong = [
        name
        for name, said in sentences().items()
        if said[language] != said[language].strip() or shouted.search(said[language])
    ]

    assert wrong == []


FALSE_FRIENDS = {
    "gl": re.compile(
        r"\b(los|las|y|hay|unas|fecha|fechas|hasta|hoy|también|página|páginas|carpeta|contraseña|lengua|plazo|"
        r"plazos|vuelva|guardar|elija|nombre|nombres|apellidos|archivo|archivos|hacia|donde está|aunque|"
        r"según|sin|deshacer|firma de la|ley de|juzgado|cerrar|fichero|quien|nadie|entonces|ahora|siguiente|"
        r"siguientes|anteriormente|hecho|abierto|cerrado|mientras|corregir|muestra|pueden|mismo|misma|otra|otro|otros|"
        r"otras|nuevo|nueva)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\b(el|los|las|fecha|hasta|hay|también|página|número|guardar)\b", re.IGNORECASE),
}


@pytest.mark.parametrize("language", sorted(FALSE_FRIENDS))
def test_no_spanish_stays_in_another_language(language):
    """Words that only Spanish has do not stand in a Galician or English sentence."""
    quoted = re.compile(r"«[^»]*»|\"[^\"]*\"")
    wrong = {
        name: found.group()
        for name, said in sentences().items()
        if (found := FALSE_FRIENDS[language].search(quoted.sub("", said[language])))
    }

    assert wrong == {}


def test_one_word_stands_for_one_thing():
    """A queue, an outcome, a stage and the state of a field have one name in every part of the desk."""
    names = {}
    for name, said in sentences().items():
        # the clerk's list speaks as ESTADO.html does
        if found := re.fullmatch(
            r"(?!office)\w+\.((queue|outcome|stage)_\w+|state_(read|corrected|confirmed|illegible))", name
        ):
            names.setdefault(found[1], set()).add(tuple(said[one].lower() for one in LANGUAGES))

    assert {name: said for name, said in names.items() if len(said) > 1} == {}
