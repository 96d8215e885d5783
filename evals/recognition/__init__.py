"""Scans of known text, drawn when they are asked for: what recognition and reading order are measured on."""
