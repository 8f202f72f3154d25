"""The clerk's pages: hand in, see what came and where it stands, and what is asked after filing."""
