"""Is a file a program? What a machine could run, by its name or its first bytes, is never opened."""

from __future__ import annotations

EXECUTABLE = "executable-inside"
"""Flag of a paper that carries a program, or asks to start one: a person looks before anything goes on."""
HEAD = 64
"""Bytes of a file by which it is judged."""
_ENDINGS = (
    *(".exe", ".com", ".scr", ".pif", ".dll", ".cpl", ".sys", ".msi", ".msp", ".msix", ".appx"),
    *(".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".lnk", ".scf", ".reg"),
    *(
        ".jar",
        ".jnlp",
        ".class",
        ".apk",
        ".ipa",
        ".dmg",
        ".pkg",
        ".deb",
        ".rpm",
        ".appimage",
        ".sh",
        ".command",
    ),
)
_STARTS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\0\0\0\x01\x14\x02\0",
    b"#!",
    b"!<arch>\n",
)
"""ELF, Mach-O in its five forms (a Java class begins like one), a Windows shortcut, a script, a library."""


def is_program(name: str, head: bytes) -> bool:
    """Tell whether the file called *name* that begins with *head* (64 bytes are enough) could be run.

    Windows drops dots and blanks at the end of a name, so that "carta.exe. " is one too.
    """
    windows = head.startswith(b"MZ") and b"\0" in head[:HEAD]
    return windows or head.startswith(_STARTS) or name.rstrip(". ").casefold().endswith(_ENDINGS)
