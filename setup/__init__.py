"""What `make setup` does, in three steps that do nothing when all is there."""
