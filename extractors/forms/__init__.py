"""The official forms: templates of the editions we know, and reading by labels for those we do not."""
