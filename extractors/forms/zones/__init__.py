"""What is written in the places of a known blank, on a scan that lies on it."""
