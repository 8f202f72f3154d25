"""`python -m desk.cli` is `ventanilla`."""

from desk.cli.main import main

main()
