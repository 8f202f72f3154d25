"""What is asked or done of a case after it was filed: kept for ever, the first reception date with it."""
