"""The page that says how the program itself does."""
