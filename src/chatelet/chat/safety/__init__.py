"""A model tried against misuse, by the institution itself: cases asked through the gateway, checks by code, a report.

cases -> asked as the product asks (system prompt, tagged sources) -> judged -> report, answers included
"""
