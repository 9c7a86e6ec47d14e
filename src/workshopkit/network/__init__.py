"""Actors, what they say of their lines, and both sides laid over each other."""
