"""Family papers: who is named in them, in which place, with which birth and number."""
