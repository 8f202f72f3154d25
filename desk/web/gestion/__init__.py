"""The board of managers: figures, never a person's data; a count leads to its cases for who may see them."""
