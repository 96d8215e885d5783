"""What an institution decided of inclusive writing in French, by unit; what a model is told of it, what code checks.

Owns the table `inclusive_rules`. Public names: `rules` (pure), `service`.
"""
