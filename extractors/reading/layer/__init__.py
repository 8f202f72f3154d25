"""The text that a PDF tells every program, held against what a person sees on its page."""
