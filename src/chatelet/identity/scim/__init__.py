"""SCIM 2.0 (RFC 7643, 7644) under `/scim/v2`: an institution's directory makes, changes and above all ends accounts.

Tables: `scim_clients`, `scim_users`, `scim_groups`, `scim_group_members`.
`directory` (who calls) -> `api` (routes) -> `users`, `groups` (verbs) -> `belonging` (units and roles that follow).
`clients` and `orphans`: what an administrator sees and decides.
"""
