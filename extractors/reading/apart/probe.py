"""The sandbox tried from inside: says `confined` if it keeps what it promises, else `open`.

    python -m extractors.reading.apart.probe FILE PORT STRANGER

FILE is one that the program can read and the sandbox must not; PORT is one on which the program listens.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
import tempfile
from pathlib import Path

from extractors.reading.apart.keeper import become

PACKAGES = (
    "PIL",
    "cv2",
    "numpy",
    "onnxruntime",
    "pdfminer",
    "pdfplumber",
    "pikepdf",
    "pyhanko",
    "pyhanko_certvalidator",
    "pypdf",
    "pypdfium2",
    "pytesseract",
    "rapidocr",
    "rapidfuzz",
    "stdnum",
    "yaml",
    "zxingcpp",
)
"""What the readers import: packages that lie where the sandbox does not look are missed before a paper is.

Not among them is what they can do without, `tesserocr`.
"""


def main() -> None:
    """Try, and say what came."""
    file, port, stranger = sys.argv[1:]
    become(int(stranger) if stranger else None)
    sys.stdout.write("confined" if _confined(Path(file), int(port)) else "open")


def _confined(file: Path, port: int) -> bool:
    """Whether processes, network and files are apart, and there is what is needed to work."""
    tempfile.TemporaryFile().close()
    apart = os.getpid() == 1 and not file.exists() and not _reached(port) and not os.access("/", os.W_OK)
    return apart and all(importlib.util.find_spec(name) for name in PACKAGES)


def _reached(port: int) -> bool:
    """Whether the program can be reached over the network."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    main()
