"""Forms of no known edition, read by the labels, options and headings that they print."""
