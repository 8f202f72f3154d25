"""What managers read in Prefect itself: tables of counts, kept as artifacts."""
