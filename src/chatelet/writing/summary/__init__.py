"""Summaries of documents: notes of every part, then one text, each sentence held by a passage and a page."""
