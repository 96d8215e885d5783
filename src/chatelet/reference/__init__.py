"""The reference pages of docs/reference/, made from the code so that they cannot lie. No table.

Public name: `pages.all_pages`. `python -m chatelet.reference FOLDER` writes them; a test compares them with the code.
"""
