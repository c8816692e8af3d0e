"""Damaged payloads for every model, and what the readers make of them."""
