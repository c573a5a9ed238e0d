"""What failed when an engine fails: what was to be kept, or the store itself."""

# Names that every Python database driver gives its errors. Source: PEP 249, "Exceptions".
# PostgreSQL has another for what is too long to be looked up.
OF_THE_DATA = frozenset({"DataError", "IntegrityError", "ProgramLimitExceeded"})


def is_of_the_data(fault: Exception) -> bool:
    """Return whether an engine refused what it was given; any other of its faults is likely to come again."""
    return any(kind.__name__ in OF_THE_DATA for kind in type(fault).__mro__)
