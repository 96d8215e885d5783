"""One act on many persons: those ticked, or that filters find; counted and shown first, done by a job, undone by one.

    preview -> the count seen is confirmed -> lines -> job, batch by batch -> done -> undone, batch by batch

Owns `person_acts` (who asked for what, and how far it is) and `person_act_lines` (each person, what was before).
"""
