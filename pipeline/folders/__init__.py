"""What an office sees on its share: five folders, receipts, what is missing, what came back, today's list."""
