"""The lists of cases: one for each queue and reason."""
