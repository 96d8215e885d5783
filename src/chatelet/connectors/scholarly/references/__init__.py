"""References of a draft, looked for one by one: found, wrong, retracted or not found, with the evidence.

text ─ extraction ─▶ Reference, … ─ checking (sources) ─ matching ─▶ Checked, …
"""
