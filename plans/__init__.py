"""What an asthma action plan says and what the rules are: pure, no clock, no input or output."""
