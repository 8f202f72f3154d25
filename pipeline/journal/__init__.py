"""The journal of what was handed in: records, statements in plain SQL, and the databases that hold it."""
