"""What comes in from elsewhere: GP records, discharges and HL7 v2 messages, read into values of plans."""
