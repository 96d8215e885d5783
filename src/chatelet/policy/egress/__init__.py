"""The page of the network's exits: what this installation may contact, why, and what it contacted.

Owns `egress_counts`, sums by day, host, purpose and outcome: no path, no word, nobody. What may leave is decided by
`kernel.egress`, asked by every client before it resolves a name.
"""
