"""Bringing in children's GP records, one file or many."""
