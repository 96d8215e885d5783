"""Rights of persons (GDPR 15 to 21): requests, the archive of one's data, erasure everywhere at once.

Table: `privacy_requests`. Public names: `service` (ask, list, close), `archive.build`, `erasure.erase`.

    asked -> access: a job writes the archive -> ready, a week
          -> erasure: signed out at once, a job erases -> certificate
          -> rectification, objection: the data protection officer answers within a month
"""
