"""Sending what stands in the outbox: a carrier for each way, and the loop that empties it."""
