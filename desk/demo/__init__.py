"""Invented submissions, made when they are asked for: nobody's papers, one for every way a case can end."""
