"""Opening the service in waves: people register, wait, are chosen into a wave, and open their account.

    registered -> (address confirmed) -> waiting -> chosen in a cohort -> invited (message, or code on paper)
    -> activated: an account in their unit

Tables: `cohorts`, `volunteers`, `mailings`, `mail_words`, `unit_openings`. Public names: `service` (waves), `choosing`,
`registration`, `activation`, `inviting`, `progress`, `openings`.
"""
