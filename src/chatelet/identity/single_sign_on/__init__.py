"""Single sign-on by OpenID Connect: several providers side by side, what their claims give, and who signed in how.

Tables: `sign_in_providers`, `claim_rules`, `sign_in_flows`, `provider_sessions`, `spent_tokens`, `sign_ins`,
`emergency_access`.

Public names: `service.SingleSignOn` (one per process: caches, keys, the way out), the verbs of `sign_in` (a flow begun
and ended), `providers` (administration), `sign_out` (both directions), `renewal` (is the person still known there?),
`emergency` (the sealed way in), `inspector` (what was received and given).

    begin: provider -> state, nonce, PKCE, all derived from one secret kept by this browser -> the provider's address
    end: state + this browser's secret -> code for tokens -> ID token verified -> (issuer, subject) -> claim rules
    -> session (docs/adr/0014)
"""
