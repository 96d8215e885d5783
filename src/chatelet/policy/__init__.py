"""What may go where: sensitivity labels, zones, clearance, guardrails.

Owns no table. Public names: `sensitivity.Level`, `sensitivity.Label`, `zones.Zone`, `clearance.Clearance`,
`clearance.Refusal`, `clearance.clear`.
"""
