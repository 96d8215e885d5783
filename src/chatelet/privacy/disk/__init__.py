"""What the database deleted leaves its disk: tables and statistics rewritten, log of writes ended (docs/adr/0051).

Table: `disk_cleanings`. Public names: `cleaning.clean`, `service.last`, `service.promised_by`.
"""
