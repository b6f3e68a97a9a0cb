"""Attacks on a register, carried out on its database: each is found and named."""
