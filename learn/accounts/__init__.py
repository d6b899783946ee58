"""Accounts on top of learning that needs none: signing up and in, and what becomes of a guest."""
