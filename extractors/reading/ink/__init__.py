"""Ink that is no text, or that spoils it: seals, rules, dots, strokes, and writing that nobody read."""
