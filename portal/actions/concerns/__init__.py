"""Concerns: raised by any professional, told to one team after another until somebody answers."""
