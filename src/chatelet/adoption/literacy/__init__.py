"""The short path on using a model well (AI Act, article 4): how often it was followed to its end, and by nobody named.

Table: `literacy_months`, a count by unit and month. Public names: `service`. No event: a line of the journal names its
person, and nothing here knows who followed the path.
"""
