"""Glossaries and translation memories, of a person or of a unit: imported from files, sealed, given to works."""
