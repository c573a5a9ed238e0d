"""Searching: what resources are found by, and how they are asked for."""
