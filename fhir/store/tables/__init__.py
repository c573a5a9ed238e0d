"""The plain tables: what is kept beside the resources, in the same write."""
