"""How an act was told to the person: each step with its day and its proof, and what it makes of the dates."""
