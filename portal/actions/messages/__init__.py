"""HL7 v2 messages that hospitals send: heard, kept as they came, acted on, and answered."""
