"""Movements in a register, however they are told, put together into stays."""
