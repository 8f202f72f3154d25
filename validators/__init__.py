"""What does the law say? Facts become findings, each with its article."""
