"""What people decide of a case: who has it in hand, what was decided, its letter, the second look at it."""
