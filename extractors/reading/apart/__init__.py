"""The process apart in which papers are read: confined, bounded, lent by a keeper and replaced."""
