"""Who calls: persons, their sessions, invitations, the first administrator, single sign-on, units and roles.

Tables: `persons`, `sessions`, `invitations`, `sign_in_attempts`, `installation`.

Public names: `principal.Principal`; `current.CurrentPrincipal`, `current.CurrentAdministrator`,
`current.DetachedPrincipal` (routes); `sessions.authenticate` (the only authentication there is),
`sessions.REVOKED_CHANNEL`; the verbs of `service` (persons, `purge_expired`), `sign_in` (passwords checked),
`invitations` and `installation`; `personal_data`.

    cookie, key, or token -> credentials.read -> sessions.authenticate -> Principal -> verbs of every domain
    sign_in: transaction (slowed down?) -> argon2 off the event loop, no transaction -> transaction (open the
    session)
"""
