"""A file as pages: its bytes bounded and opened, what a PDF carries told, its own pictures and drawings."""
