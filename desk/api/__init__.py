"""The interface for the programs of offices, under /api/v1 (docs/api.md)."""
