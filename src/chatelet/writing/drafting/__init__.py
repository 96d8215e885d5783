"""Drafts from templates: a form is filled, a model writes the parts that are its own, code says what is to be checked.

Owns `templates`, `template_versions`, `template_styles`; a draft is a work (`writing.works`) of kind `draft`. Public
names: `service` (drafts), `templates` (their verbs), `markdown_file` (a template as one file), `review`.
"""
