"""Indexes of passages, one per place where they may be kept; `contract` says what each of them does."""
