"""Programs of offices called back when something happens to a case: signed, no person's data in it."""
