"""Words in the composer, read before they leave: which label they would have, and why. Owns no table."""
