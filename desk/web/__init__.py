"""The pages. For now one: the plain list of cases."""
