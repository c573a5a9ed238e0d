"""The school day: the register, the inhaler and kit at school, what was given, and absence."""
