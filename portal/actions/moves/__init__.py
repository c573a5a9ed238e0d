"""A child who moves to another school or practice."""
