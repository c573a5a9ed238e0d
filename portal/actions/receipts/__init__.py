"""Receipts: each reader is asked to read each version, and the late are told on."""
