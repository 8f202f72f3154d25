"""What the processes of the program say of themselves: one line for each thing, nobody's data in any."""
