"""Reports: what a person says of a safeguard that stopped them, or of an incident; and what was answered.

Owns the table `reports`. The words are sealed; whoever manages security reads them, and that is journalled.
"""
