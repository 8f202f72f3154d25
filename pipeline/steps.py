"""The steps of a case, in order. Two minutes here and you know the program.

    screen   Received -> Received   every file before any parser opens it; the case may have to wait
    unpack   Received -> Unpacked   the safe members, or the case is returned
    read     Unpacked -> Read       every paper, in a sandbox
    consult  Read     -> Read       what people set right; what registers say, where they may be asked
    assess   Read     -> Assessed   facts, findings, deadlines, fee
    route    Assessed -> Routed     the queue

`receive` before them (`pipeline.intake`) makes the bytes safe; `publish` after them
(`pipeline.folders`) makes the effects seen. Everything here is the same with and without Prefect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from extractors.document import Document, FileReading
from extractors.reading.apart.sandbox import Sandbox
from extractors.reading.refusal import Missing
from pipeline import malware, routing
from pipeline.case import Assessed, Member, Read, Received, Returned, Routed, Unpacked, carried
from pipeline.errors import EnvironmentFault
from pipeline.facts import put_together
from pipeline.intake.unpack import unpack
from pipeline.limits import Limits
from pipeline.reasons import first_of, reasons
from pipeline.screen import Screen
from validators.assess import assess as judge
from validators.calendar import Calendars
from validators.policy import Policy


def run(
    case: Received,
    workdir: Path,
    sandbox: Sandbox,
    limits: Limits,
    policy: Policy,
    calendars: Calendars,
    screen: Screen,
    consult: Callable[[Read], Read] = lambda case: case,
) -> Routed | Returned:
    """Take *case* from its bytes to its queue; *workdir* is an empty folder of its own.

    *consult* puts in what people set right (`pipeline.corrections`) and asks the registers that are set up
    (`pipeline.register`); by default neither.
    Raise MustWait where *screen* lets it not go on now.
    """
    infected = screen.originals(case)
    unpacked = unpack(case, workdir, limits)
    if isinstance(unpacked, Unpacked):
        counts = tuple(member for member in unpacked.members if member.key not in case.apart)
        unpacked = replace(unpacked, members=counts)
        unpacked = replace(unpacked, members=tuple(screen.members(unpacked)))
    screened = malware.marked(unpacked, infected)
    if isinstance(screened, Returned):
        return screened
    papers = malware.settled(screened, read(screened, sandbox, limits))
    if isinstance(papers, Returned):
        return papers
    screen.papers(papers)
    return route(assess(consult(papers), policy, calendars))


def read(case: Unpacked, sandbox: Sandbox, limits: Limits) -> Read | Returned:
    """Read every member; one that cannot be read is a document of kind `unreadable` with its code.

    The case is returned when none of its papers can be opened, or when it has too many pages.
    """
    documents: list[Document] = []
    pages = 0
    for member in case.members:
        found = list(_documents(member, sandbox))
        pages += sum(len(document.pages) for document in found)
        if pages > limits.case_pages:
            return _returned(case, "too-many-pages", member.file)
        documents.extend(found)
    if (refused := _all_refused(documents)) and not malware.kept(case):
        code = first_of([document.flags[0] for document in refused])
        return _returned(case, code, next(d.file for d in refused if d.flags[0] == code))
    return Read(**carried(case), documents=tuple(documents))


def _documents(member: Member, sandbox: Sandbox) -> Iterator[Document]:
    """Yield the documents of one member, or the one that says why it cannot be read."""
    if member.code is not None:
        yield _unreadable(member, member.code)
        return
    reading = _read(member, sandbox)
    if reading.code is not None:
        yield _unreadable(member, reading.code)
        return
    for document in reading.documents:
        flags = (*document.flags, *(f for f in (*reading.flags, *member.flags) if f not in document.flags))
        yield replace(
            document, file=member.file, sha256=member.sha256, flags=flags, signatures=reading.signatures
        )


def _read(member: Member, sandbox: Sandbox) -> FileReading:
    """Read one member in the sandbox; a tool that this machine lacks is nobody's bad file."""
    try:
        return sandbox.read(member.path, member.file)
    except Missing as missing:
        raise EnvironmentFault(
            str(missing), "Ejecute `ventanilla doctor`: dice qué falta y cómo se instala."
        ) from None


def _unreadable(member: Member, code: str) -> Document:
    """Return the document that stands for a member that cannot be read."""
    return Document(
        file=member.file,
        sha256=member.sha256,
        pages=(),
        kind="unreadable",
        kind_confidence=1.0,
        flags=(code, *member.flags),
    )


def _all_refused(documents: list[Document]) -> list[Document]:
    """Return the documents if every one of them could not be opened at all, else nothing."""
    closed = [d for d in documents if d.kind == "unreadable" and not d.pages and d.flags[0] in reasons()]
    return closed if len(closed) == len(documents) else []


def _returned(case: Received, code: str, file: str) -> Returned:
    """Return *case* as returned for *code*."""
    origin = {name: value for name, value in carried(case).items() if name not in {"members", "ignored"}}
    return Returned(**origin, code=code, file=file)


def assess(case: Read, policy: Policy, calendars: Calendars) -> Assessed:
    """Put the facts together and let every rule speak; pure."""
    application = put_together(case)
    return Assessed(
        **carried(case), application=application, assessment=judge(application, policy, calendars)
    )


def route(case: Assessed) -> Routed:
    """Propose a queue; a named person decides."""
    return Routed(**carried(case), queue=routing.queue(case.assessment.findings))
