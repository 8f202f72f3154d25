"""The newest of `migrations/`: what a database must stand at."""

HEAD = "0016"
