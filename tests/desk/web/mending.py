"""A value set right at the desk, as the forms of its page do it."""

import sqlalchemy as sa

from pipeline.corrections.record import of_case
from pipeline.store.schema import cases


class Mender:
    """A reviewer at one case, who reads its page before each form, as a browser does."""

    def __init__(self, desk, queue, login="ana", **account):
        self.desk, self.number = desk, desk.numbers()[queue]
        self.client = desk.browser("reviewer", login=login, **account)

    @property
    def row(self):
        with self.desk.store.read() as connection:
            return connection.execute(sa.select(cases).where(cases.c.number == self.number)).one()

    @property
    def rows(self):
        with self.desk.store.read() as connection:
            return of_case(connection, self.row.id)

    def document(self, file):
        return next(one for one in self.row.report["documents"] if one["file"] == file)

    def form(self, file, field, revision=None, **typed):
        one = self.document(file)
        paper = f"{one['sha256']}:{','.join(map(str, one['pages']))}:{one['kind']}"
        sealed = {"csrf": self.client.csrf, "paper": paper}
        sealed["revision"] = self.row.revision if revision is None else revision
        address = f"/expedientes/{self.number}/campos/{one['id']}/{field}"
        return address, sealed | typed

    def say(self, file, field, revision=None, **typed):
        address, data = self.form(file, field, revision, **typed)
        return self.client.post(address, data=data, follow_redirects=False)

    def undo(self, row, **typed):
        data = {"csrf": self.client.csrf, "revision": self.row.revision, **typed}
        return self.client.post(
            f"/expedientes/{self.number}/correcciones/{row}/deshacer", data=data, follow_redirects=False
        )


MALAGA, MELILLA = "padron_málaga.pdf", "padron_melilla.pdf"


STAY = {
    "value.municipality": "Málaga",
    "value.from": "10/01/2024",
    "value.to": "12/07/2025",
    "value.cause_in": "abroad",
    "value.cause_out": "residence_change",
    "value.origin": "MAR",
    "value.address": "",
}
"""The stay in Málaga as the paper has it for whoever looks: until the day of the alta in Melilla."""


def closed(ana, **more):
    """Set the misread baja right."""
    said = {"fila": "0", "act": "corrected", "why": "Se ve 12/07 en el sello"}
    return ana.say(MALAGA, "periods", **(STAY | said | more))
