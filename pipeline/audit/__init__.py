"""Who saw and did what, in a chain that shows whether a row was changed, taken out or put elsewhere."""
