"""Receipts: what they tell, in words, on paper, signed, packed in a ZIP, and verified again."""
