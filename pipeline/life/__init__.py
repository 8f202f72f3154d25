"""What happens to a case after it was judged: recorded once and for ever, and read with the law's eyes."""
