"""Examples of the law that a lawyer reads: facts in the field's words, a date, and what must follow.

They lie in `validators/law/examples/<family>.yaml`, each on a base case of `bases.yaml` in which everything
is in order. Here they become the same `Application` that papers become; nothing here knows law.
"""

from __future__ import annotations

from validators.examples.case import Example
from validators.examples.files import examples, examples_of
from validators.examples.judging import applied, differences, judged

__all__ = ["Example", "applied", "differences", "examples", "examples_of", "judged"]
