"""Deep research: a question, a plan that the person confirms, searches, notes with their sources, a checked report.

    ask -> plan (model, else code) -> PERSON confirms the exact words -> searches -> sources kept as read -> notes
        -> what disagrees, side by side -> report, each sentence verified -> export

Nothing leaves that was not confirmed, and no search is asked twice. Owns `researches` and `research_pieces`, both
sealed. Public names: `service`, `services.ResearchServices`.
"""
