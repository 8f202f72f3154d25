"""How much of a package is looked at: the contract's defaults, printed by `ventanilla config show`."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps on one package. What one file or page may cost is `extractors.bounds.Bounds`."""

    package: int = 100 * MIB
    """Bytes as handed in; of a folder, of all its files."""
    unpacked: int = 300 * MIB
    """Bytes of all members together, those of a ZIP inside the ZIP included."""
    members: int = 200
    """Papers, folders and system files not counted."""
    ratio: int = 100
    """Unpacked to packed bytes of one member."""
    ratio_from: int = MIB
    """Bytes from which a member's ratio counts: small members pack well without harm."""
    folders: int = 2
    """Levels of folders inside a package."""
    nested: int = 1
    """Levels of ZIP inside the ZIP."""
    case_pages: int = 1000
    presentation: int = 64 << 10
    """Bytes of a `presentacion.json`."""
    office_files_per_day: int = 0
    """Drops that one office may make on a day and have read the same day; 0 for no such limit."""
    office_bytes_per_day: int = 0
    """The same in bytes as handed in."""
