"""Writing: texts and documents translated, rewritten and summarised, with a core that checks what a model gives back.

Owns the works that persons ask for, their glossaries and their translation memories. Public names: `service`,
`desk.write` (segments in, verified segments out), `report.Report`.
"""
