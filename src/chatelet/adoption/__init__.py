"""Adoption: how a service opens to the people of an institution, under rules they have read.

`charter/` the charter of use and its acceptances; `cohorts/` volunteers, waves, invitations, progress;
`literacy/` the short path on using a model well, counted by unit and month.
What `chat` must ask before a turn is a gate (`chat.services.Gate`), wired in the composition root.
"""
