"""Copies of a whole store: on the other engine, or kept as a backup."""
