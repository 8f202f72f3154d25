"""What happens to one case? Intake, steps, store, routing, deadlines, letters."""
