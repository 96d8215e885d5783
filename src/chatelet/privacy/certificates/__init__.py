"""Deletion certificates: what was destroyed, when, and until when a backup may still hold it, signed (Ed25519).

Table: `deletion_certificates`. Public names: `certificate.Destroyed`, `service.certify`, `verification.verify`.
"""
