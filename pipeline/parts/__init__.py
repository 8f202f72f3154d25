"""The parts of the program on all machines: whether they live, and whether what they need is there."""
