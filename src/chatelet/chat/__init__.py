"""The turn: a question becomes a checked answer that streams, survives and is accounted for.

Owns no table: the rows of a turn belong to `conversations`. `turn` is the list of steps; `running` owns the life of a
turn; `events` is the only contract with the page. Prompts are files in `prompts/`, in French and English, without any
secret.
"""
