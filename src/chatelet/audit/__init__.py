"""The journal: who did what, when, on which object, with which result; never the content.

Events are inserted in the transaction of the change they tell, then chained and sealed by a single sealer, so that any
later edit, deletion, reordering or truncation is found by an offline verifier. Purging by age is journalled too.

Tables: `journal_events`, `journal_links`, `journal_seals` (append-only), `journal_pending` (what waits to be chained).
Public names: `events.*` and `events.Event`, `journal.record`, `journal.record_all`, `chain.link`, `sealing.seal`,
`sealer.seal_forever`, `keys.sealing_key`, `standing.standing`, `verification.Verifier`, `commands.*`, `reference.page`.
`forwarding/` hands the journal to a collector (SIEM), and owns `journal_forwarding`.
"""
