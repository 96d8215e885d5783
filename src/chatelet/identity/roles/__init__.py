"""Roles as data: named sets of rights, and to whom they are given, on a unit or everywhere.

Tables: `roles`, `grants`. Public names: `holding` (who administers, giving and taking a role). No one gives more
than they hold (TA-030).
"""
