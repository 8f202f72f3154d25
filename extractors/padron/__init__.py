"""Certificates of the municipal register of any municipality: tables, labels and prose become stays."""
