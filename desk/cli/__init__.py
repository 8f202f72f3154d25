"""The commands: one file per group, found by looking. Heavy parts are imported where they are used."""
