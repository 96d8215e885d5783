"""Related work of a draft: what to look for, shown before it leaves; works found, beside the sentence they answer.

    draft (read, forgotten) ─▶ its sentences, a few searches ─ the person edits ─▶ sources ─▶ works, each with why

Public names: `service.outline`, `service.related`. It has no table: nothing is kept of a draft nor of what was found.
"""
