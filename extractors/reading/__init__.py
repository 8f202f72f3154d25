"""Readers: bytes to pages. One thin file per outside library."""
