"""The mail that managers get on the morning of a working day: figures, nobody's data."""
