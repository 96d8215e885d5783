"""The charter of use: Markdown by unit and language, in versions; who accepted which, and when.

Tables: `charters`, `charter_acceptances`. One charter is in force for a person: that of the nearest unit above them
that has one, else the institution's. Public names: `service`, `publication`, `gate`.
"""
