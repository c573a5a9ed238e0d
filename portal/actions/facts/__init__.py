"""Facts that a professional should look at: found, kept as counts, listed, and marked as looked at."""
