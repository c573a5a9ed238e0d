"""Before a weekend or a holiday: what a named person decides for a child, and who is at risk and unseen."""
