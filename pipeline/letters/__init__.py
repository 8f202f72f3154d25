"""What the program writes to people: plain words in whole files that open anywhere."""
