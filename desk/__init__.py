"""How do people use it? Commands, pages, boards."""
