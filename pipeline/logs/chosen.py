"""What an administrator may choose of the logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["debug", "info", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """How processes log, on their standard error."""

    format: Literal["plain", "json"] = "plain"
    """`json`: one JSON object a line, for programs that gather logs."""
    level: Level = "warning"
    """The least that is said by the program itself; libraries are heard from warnings on."""
    requests: bool = False
    """Whether the desk logs each request: method, door, status and time, never what was asked for."""
