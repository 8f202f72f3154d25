"""How long cases are kept: live, then blocked (LOPDGDD, art. 32), then erased. Nothing without a setting."""
