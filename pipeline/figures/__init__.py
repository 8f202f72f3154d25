"""What managers ask, in figures: counted by day, office and procedure while cases move."""
