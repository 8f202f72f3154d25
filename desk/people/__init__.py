"""The people of the desk: who they are, how they come in, and what each may do."""
