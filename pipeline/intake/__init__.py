"""From a dropped file to safe members: watch, take in, look at the ZIP, unpack, sniff."""
