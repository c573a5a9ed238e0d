"""The family's own way to the plan: the link, the one-time code, and what a family tells and answers."""
