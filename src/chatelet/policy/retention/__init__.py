"""How long each kind of thing is kept: the matrix of rules that `privacy` carries out and conversations show.

Tables: `retention_rules` (every version), `retention_choices`. Public names: `kinds.Kind`, `lasting.all_of` (what
holds for a person), `lasting.kept` (for everybody, as a subquery), `service` (set a rule, choose for oneself).

    product default, or the institution's rule -> rules on the units above -> the person's own choice: the shortest wins
"""
