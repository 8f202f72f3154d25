"""What leaves a list of stays in doubt, or says that it is none of the person's."""
