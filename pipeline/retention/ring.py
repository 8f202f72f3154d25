"""The keys of blocked cases, in a folder apart from the record: to erase a case is to destroy its key.

    ring = Ring.at(settings.retention, settings.storage.local)
    key = ring.key(case_id)          # made if there is none: 32 bytes
    ring.destroy([case_id, ...])     # nobody can read their packets any more, in whatever copy

Cases that came in the same twelve days share a file of keys, each key wrapped (AES-256-GCM) by that file's
own master key. Where one is destroyed the others are wrapped anew under a new master, and the old file and
the old master are overwritten and removed: sectors of the disk that kept their bytes hold nothing of use.
`destroyed.jsonl` remembers what was destroyed, so that a record brought back from a copy learns it.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pipeline.errors import EnvironmentFault, UsageError
from pipeline.files import Files
from pipeline.retention.chosen import Retention

KEY_BYTES = 32
"""AES-256."""
_NONCE_BYTES = 12
"""What GCM wants (NIST SP 800-38D); random, for a master wraps some ten thousand keys at most."""
_SHARD = 4
"""The first letters of a case's id that name its file: the time of its making, in steps of 12.4 days."""
_GONE = "destroyed.jsonl"


class KeyGoneError(Exception):
    """There is no key for a case: it was destroyed, or this is not its ring."""


class _Shard(NamedTuple):
    """A file of keys: the name of its master, and each case's wrapped key as hexadecimal."""

    master: str
    wrapped: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """The folder of keys."""

    root: Path
    files: Files

    @classmethod
    def at(cls, chosen: Retention, papers: Path, files: Files | None = None, *, make: bool = True) -> Ring:
        """Return the ring of the settings; *make* its folder if its parent is there.

        Raises:
            UsageError: no folder is chosen, or it lies among the papers, with which it would be copied.
            EnvironmentFault: it cannot be used, or others than its owner can read it.
        """
        if chosen.keys is None:
            raise UsageError("Falta retention.keys: la carpeta de las claves", "Vea docs/retention.md.")
        root = chosen.keys.absolute()
        # a link may lead from anywhere into the papers
        if root.resolve().is_relative_to(papers.resolve()):
            what = f"retention.keys: {root} está entre los papeles, y se copiaría con ellos"
            raise UsageError(what, "Elija una carpeta aparte, mejor en otro disco.")
        ring = cls(root=root, files=files or Files())
        ring._own(make=make)
        return ring

    def _own(self, *, make: bool) -> None:
        """Make the folder, or see that nobody else can read it."""
        try:
            if make and not self.root.is_dir():
                self.root.mkdir(mode=0o700)
                self.files.force_folder(self.root.parent)
            if self.root.stat().st_mode & 0o077:
                what = f"La carpeta de las claves {self.root} la puede leer alguien más"
                raise EnvironmentFault(what, f"chmod 700 {self.root}")
        except OSError as error:
            what = f"La carpeta de las claves {self.root} no se puede usar ({type(error).__name__})"
            raise EnvironmentFault(what, "Conéctela, o corrija retention.keys y sus permisos.") from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the ring against another run; raise EnvironmentFault if one is going on."""
        with (self.root / "lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                what = "Otra ejecución de la conservación está en marcha"
                raise EnvironmentFault(what, "Espere a que acabe.") from None
            yield

    def key(self, case: str) -> bytes:
        """Return the key of a case, made and on the disk if there was none."""
        with suppress(KeyGoneError):
            return self.known(case)
        shard = self._read(case[:_SHARD]) or self._begun(case[:_SHARD])
        key = os.urandom(KEY_BYTES)
        line = json.dumps({"case": case, "key": _wrap(self._master(case[:_SHARD], shard.master), case, key)})
        path = self._path(case[:_SHARD])
        _mend(path)
        with path.open("ab") as file:
            self.files.write(file, f"{line}\n".encode())
            self.files.force(file)
        return key

    def known(self, case: str) -> bytes:
        """Return the key of a case; raise KeyGoneError where there is none."""
        shard = self._read(case[:_SHARD])
        if shard is None or case not in shard.wrapped:
            raise KeyGoneError
        try:
            return _unwrap(self._master(case[:_SHARD], shard.master), case, shard.wrapped[case])
        except InvalidTag:
            raise self._broken(self._path(case[:_SHARD])) from None

    def has(self, cases: Collection[str]) -> frozenset[str]:
        """Return those of *cases* that there is a key for."""
        shards = {name: self._read(name) for name in {case[:_SHARD] for case in cases}}
        return frozenset(case for case in cases if (shard := shards[case[:_SHARD]]) and case in shard.wrapped)

    def all(self) -> frozenset[str]:
        """Return the cases that there is a key for."""
        shards = (self._read(path.stem) for path in self.root.glob("*.keys"))
        return frozenset(case for shard in shards if shard for case in shard.wrapped)

    def destroyed(self) -> frozenset[str]:
        """Return the cases whose key was ever destroyed here."""
        with suppress(FileNotFoundError):
            return frozenset(one["case"] for one in _lines(self.root / _GONE))
        return frozenset()

    def destroy(self, cases: Collection[str], at: dt.datetime) -> None:
        """Destroy the keys of *cases*; those whose key is gone already are only noted again."""
        if not cases:
            return
        path = self.root / _GONE
        _mend(path)
        with path.open("ab") as file:
            told = (
                json.dumps({"case": case, "at": at.isoformat(timespec="seconds")}) for case in sorted(cases)
            )
            self.files.write(file, "".join(f"{line}\n" for line in told).encode())
            self.files.force(file)
        self.files.force_folder(self.root)
        for name in sorted({case[:_SHARD] for case in cases}):
            self._compact(name, frozenset(cases))

    def _compact(self, name: str, gone: Collection[str]) -> None:
        """Write a file of keys anew without those *gone*, under a new master; destroy the old two."""
        before = self._read(name)
        if before is not None and before.wrapped.keys() & set(gone):
            old = self._master(name, before.master)
            keys = {case: _unwrap(old, case, key) for case, key in before.wrapped.items() if case not in gone}
            path = self._path(name)
            # its bytes are still to be overwritten once its name is another's
            with path.open("r+b") as replaced:
                self._written(name, keys)
                self._overwrite(replaced.fileno())
        self._forget_masters(name)

    def _begun(self, name: str) -> _Shard:
        """Return a file of keys that has none yet."""
        return self._written(name, {})

    def _written(self, name: str, keys: Mapping[str, bytes]) -> _Shard:
        """Write a file of *keys* under a new master, in place of the one there is."""
        master, identifier = os.urandom(KEY_BYTES), os.urandom(8).hex()
        self._put(self.root / f"{name}.{identifier}.master", master)
        wrapped = {case: _wrap(master, case, key) for case, key in keys.items()}
        lines = [{"form": 1, "master": identifier}, *({"case": c, "key": k} for c, k in wrapped.items())]
        part = self.root / f"{name}.{os.urandom(8).hex()}.part"
        self._put(part, "".join(f"{json.dumps(line)}\n" for line in lines).encode())
        self.files.rename(part, self._path(name))
        self.files.force_folder(self.root)
        return _Shard(identifier, wrapped)

    def _put(self, path: Path, data: bytes) -> None:
        """Write a new file, on the disk itself."""
        with self.files.create(path) as file:
            self.files.write(file, data)
            self.files.force(file)
        self.files.force_folder(self.root)

    def _forget_masters(self, name: str) -> None:
        """Destroy the masters that the file of keys no longer names, and what a cut left half written."""
        now = self._read(name)
        mine = None if now is None else f"{name}.{now.master}.master"
        for left in (*self.root.glob(f"{name}.*.master"), *self.root.glob(f"{name}.*.part")):
            if left.name != mine:
                with left.open("r+b") as file:
                    self._overwrite(file.fileno())
                self.files.remove(left)
        self.files.force_folder(self.root)

    def _overwrite(self, descriptor: int) -> None:
        """Write chance over all that a file holds, on the disk itself."""
        size = os.fstat(descriptor).st_size
        os.pwrite(descriptor, os.urandom(size), 0)
        os.fsync(descriptor)

    def _read(self, name: str) -> _Shard | None:
        """Return a file of keys, None where there is none; a last line cut short was never used."""
        path = self._path(name)
        if not path.exists():
            return None
        try:
            head, *rest = _lines(path)
            return _Shard(head["master"], {one["case"]: one["key"] for one in rest})
        except (ValueError, KeyError):
            raise self._broken(path) from None

    def _master(self, name: str, identifier: str) -> bytes:
        """Return a master key; raise EnvironmentFault where it is away."""
        path = self.root / f"{name}.{identifier}.master"
        try:
            found = path.read_bytes()
        except OSError:
            raise self._broken(path) from None
        if len(found) != KEY_BYTES:
            raise self._broken(path)
        return found

    def _path(self, name: str) -> Path:
        """Return where a file of keys is, or would be."""
        return self.root / f"{name}.keys"

    @staticmethod
    def _broken(path: Path) -> EnvironmentFault:
        """Return what is told of a ring that is not whole."""
        what = f"Las claves de la conservación no están enteras: {path.name} falta o está dañado"
        return EnvironmentFault(what, "Restaure la copia de la carpeta de claves; no se destruye nada más.")


def _lines(path: Path) -> Iterator[dict[str, str]]:
    """Yield the lines of a file, but a last one cut short; raise ValueError where one is damaged."""
    yield from (json.loads(line) for line in path.read_bytes().split(b"\n")[:-1])


def _mend(path: Path) -> None:
    """Cut off a last line that was not written whole, and see that the file is its owner's alone."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        data = file.read()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            file.truncate(whole)
            os.fsync(descriptor)


def _wrap(master: bytes, case: str, key: bytes) -> str:
    """Return a key as it is kept: for that case alone."""
    nonce = os.urandom(_NONCE_BYTES)
    return (nonce + AESGCM(master).encrypt(nonce, key, case.encode())).hex()


def _unwrap(master: bytes, case: str, kept: str) -> bytes:
    """Return the key; raise InvalidTag where it is another case's, or damaged."""
    raw = bytes.fromhex(kept)
    return AESGCM(master).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], case.encode())
