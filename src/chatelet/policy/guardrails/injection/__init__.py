"""Injection: orders addressed to the assistant. They warn; no security property rests on them (TA-042)."""
