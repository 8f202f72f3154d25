"""Whom a certificate is about, and who lives with them."""
