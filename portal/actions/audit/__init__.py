"""The audit as people read it: checked, listed, searched for unusual access, and told to the family."""
