"""Secrets: keys, tokens and passwords that a text should not carry; `family.find` gathers them."""
