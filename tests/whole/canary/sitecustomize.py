"""Errors put into the real processes: what a library could say of a person, said at the worst places."""

import importlib.abc
import importlib.util
import sys

MARK = "revienta"
"""In the name of a package, or in what is searched for: whoever handles it fails."""
SPOKEN = "palabra_secretisima_del_error"


def steps(module):
    """A parser fails with the text of the paper, for one package; the database does so for another."""
    import sqlite3

    from sqlalchemy.exc import OperationalError

    judge = module.assess

    def assess(case, *args):
        said = repr([document.fields for document in case.documents]) + case.source.name + SPOKEN
        if f"{MARK}-parser" in case.source.name:
            raise ValueError(said)
        if f"{MARK}-db" in case.source.name:
            raise OperationalError(
                "UPDATE cases SET report = ?", {"report": said}, sqlite3.OperationalError(said)
            )
        return judge(case, *args)

    module.assess = assess


def search(module):
    """The search at the desk fails with what was typed."""
    found = module.found

    def failing(store, asked, *args):
        if MARK in asked.text:
            raise RuntimeError(asked.text + SPOKEN)
        return found(store, asked, *args)

    module.found = failing


CHANGED = {"pipeline.steps": steps, "pipeline.trays.search": search}


class _After(importlib.abc.MetaPathFinder):
    """Changes a module when it has been loaded."""

    def find_spec(self, name, *_):
        """Find the module as others do, and put the change behind its loading."""
        if name not in CHANGED:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        load, change = spec.loader.exec_module, CHANGED[name]

        def loading(module):
            load(module)
            change(module)

        spec.loader.exec_module = loading
        return spec


sys.meta_path.insert(0, _After())
