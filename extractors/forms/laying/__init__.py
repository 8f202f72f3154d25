"""A scan laid on the blank of a known form: found by corners, followed by words, proved by both."""
