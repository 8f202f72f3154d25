"""The trays of the desk: where each case lies and why, in which order, and how it is found again."""
