"""The audit's chain of seals: made, walked along and checked."""
