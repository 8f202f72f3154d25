"""Lines and codes for machines, found on the picture of a page."""
