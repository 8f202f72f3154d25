"""A page of a certificate as tables, passages, labels and their values."""
