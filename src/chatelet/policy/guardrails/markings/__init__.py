"""Markings: what the author of a document wrote about who may read it; `family.find` gathers them."""
