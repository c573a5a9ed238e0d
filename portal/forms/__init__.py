"""What a form shows, and what a posted one says: values for templates, without Flask."""
