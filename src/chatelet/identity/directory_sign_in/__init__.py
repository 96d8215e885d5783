"""Directories (LDAP, Active Directory) where there is no OpenID Connect: signing in, and reading the tree.

A directory is a provider of another kind: same list, same rules with their trial, same inspector, and a person is
(issuer, subject), the subject being what the directory never gives twice (`entryUUID`, `objectGUID`), never a DN nor an
e-mail. Table: `sign_in_directories`, beside `sign_in_providers`.

    name and password -> throttle -> a server that answers (TLS) -> service bind -> one entry -> its own bind
    -> disabled? groups -> claims -> the same last step as every provider (`single_sign_on.entering`)

Public names: `sign_in.sign_in`, `directories` (administration), `tree` (imports), `orphans`, `renewal.check_due`.
"""
