"""The journal, against a real PostgreSQL and a real intruder."""
