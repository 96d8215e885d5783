"""The file that a data protection officer and a security officer must produce, made from the running configuration.

facts (configuration, models, destinations, retention) -> hash, diff with the last -> blocks fr|en -> ODT, PDF, DOCX
"""
