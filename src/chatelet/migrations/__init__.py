"""The schema's history: one head, a date in each name; expand, fill, contract.

`runner.migrate` applies what is missing: at start for the embedded database, by `chatelet migrate` for an external one.
"""
