"""The files of a database."""

NEXT = "siguiente.pdf"


PARTS = ("", "-wal", "-shm")
