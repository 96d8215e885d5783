"""Declarations of AI use, as journals ask for them: what the conversation shows, what the person says, never mixed up.

Nothing is stored: a declaration is written from the conversation each time, for its owner alone.
"""
