"""Tables of figures as files that a Spanish spreadsheet opens."""
