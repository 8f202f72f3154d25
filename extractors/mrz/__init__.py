"""Machine readable zones of identity papers (ICAO 9303): found as lines, read, and proved part by part."""
