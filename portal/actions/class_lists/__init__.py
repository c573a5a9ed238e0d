"""Class lists of a school: looked at, matched with children, and moved on at the end of the year."""
