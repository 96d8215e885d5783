"""What any domain may import: database, errors, HTTP edge, jobs, crypto, clock, logs.

The kernel knows no domain. One noun per file; a helper comes here after its second user.
"""
