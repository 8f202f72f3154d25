"""What ink alone tells on a form, digital or scanned: lines, ticks, signatures, rubber stamps."""
