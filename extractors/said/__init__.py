"""What sentences say beside the fields: subjects of their own, and words that plain papers do not need."""
