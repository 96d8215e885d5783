"""Quotas: how much a person, a unit or an API key may use, of one model or of all, in a day or a month.

Tables: `quota_rules`, `quota_counters`, `quota_holds`. Public names: `rules.QuotaRules` (what applies, in memory),
`holding.hold` and `holding.settle` (reserve before, count after), `service` (rules, what is left).

    open: hold the most that an answer may use, under the lock of its counters -> answer -> close: settle what it used
"""
