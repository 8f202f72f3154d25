"""What people set right in what the program read: kept for ever, put into the papers, undone later."""
