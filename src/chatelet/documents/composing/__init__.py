"""Writing documents: blocks (headings, paragraphs, lists, tables) to ODT, DOCX and PDF, ours from end to end.

    Markdown-like text -> markdown.read -> blocks -> writing.write(document, form) -> bytes

Pure functions of values: no clock, no disk, no network; the same document gives the same bytes. What a model wrote is
written with `mark_ai`, which says so in the file's properties, machine-readable, and at the foot of each page; what is
taken away to be published says instead the label that its person kept, under its title, and who reviewed it.
"""
