"""The SQL of an import of persons: set by set, over the lines of its batch, which is $1 everywhere."""

from typing import Final

# The waiting tables are full within an import and empty to the planner's statistics: row by row would be its choice.
AS_SETS: Final = "SET LOCAL enable_nestloop = off"
# A person is the one of (issuer, subject); a line without these means whoever owns its address (TA-005): the local
# account, or the one whose provider vouches for it. What somebody says of themselves leads to nobody.
MATCH: Final = (
    """
    UPDATE import_persons i SET id = p.id, is_new = false FROM persons p
    WHERE i.batch = $1 AND i.subject IS NOT NULL AND p.issuer = i.issuer AND p.subject = i.subject
    """,
    """
    UPDATE import_persons i SET id = p.id, is_new = false FROM persons p
    WHERE i.batch = $1 AND i.subject IS NULL AND p.email = i.email AND p.issuer = 'local'
    """,
    """
    UPDATE import_persons i SET id = p.id, is_new = false FROM persons p
    WHERE i.batch = $1 AND i.subject IS NULL AND i.is_new AND p.verified_email = i.email
      AND NOT EXISTS (SELECT FROM persons o WHERE o.verified_email = i.email AND o.id <> p.id)
    """,
    """
    UPDATE import_persons i SET main_id = m.unit_id FROM memberships m
    WHERE i.batch = $1 AND m.person_id = i.id AND m.is_main AND NOT i.is_new
    """,
    """
    UPDATE import_persons i SET is_held = true FROM grants g
    WHERE i.batch = $1 AND g.person_id = i.id AND g.role_id = i.role_id AND g.unit_id = i.unit_id
      AND g.expires_at IS NULL
    """,
)
TWICE: Final = """
SELECT line FROM (
    SELECT line, row_number() OVER (PARTITION BY id ORDER BY line) AS nth FROM import_persons WHERE batch = $1
) numbered
WHERE nth > 1
"""
# $2: a provider's person may tell the address of another one (a local account alone owns its own).
TAKEN: Final = """
SELECT i.line FROM import_persons i JOIN persons p ON p.email = i.email
WHERE i.batch = $1 AND p.id <> i.id AND NOT ($2::boolean AND i.subject IS NOT NULL)
  AND NOT (i.subject IS NULL AND i.is_new)
"""
# An address that somebody tells and nobody owns: only their issuer and subject say that they are meant.
UNPROVEN: Final = """
SELECT i.line FROM import_persons i
WHERE i.batch = $1 AND i.subject IS NULL AND i.is_new AND EXISTS (SELECT FROM persons p WHERE p.email = i.email)
"""
NAMELESS: Final = "SELECT line FROM import_persons WHERE batch = $1 AND is_new AND name = ''"
HOMELESS: Final = "SELECT line FROM import_persons WHERE batch = $1 AND is_new AND unit_id IS NULL"
# Persons who stand where the caller does not manage persons; $2 are the units under which they do.
FOREIGN: Final = """
SELECT i.line FROM import_persons i LEFT JOIN units u ON u.id = i.main_id
WHERE i.batch = $1 AND NOT i.is_new AND NOT coalesce(u.path && $2::uuid[], false)
"""
HOLDERS: Final = """
SELECT DISTINCT i.line, i.id FROM import_persons i JOIN grants g ON g.person_id = i.id
WHERE i.batch = $1 AND NOT i.is_new
"""
# What a line changes of the account: an empty cell leaves it as it is.
DIFFERENT: Final = """
SELECT p.id, coalesce(i.email, p.email), coalesce(nullif(i.name, ''), p.name), coalesce(i.language, p.language),
       coalesce(i.state, p.state), p.state, p.email, p.name, p.language
FROM import_persons i JOIN persons p ON p.id = i.id
WHERE i.batch = $1 AND NOT i.is_new AND (coalesce(i.email, p.email), coalesce(nullif(i.name, ''), p.name),
    coalesce(i.language, p.language), coalesce(i.state, p.state))
  IS DISTINCT FROM (p.email, p.name, p.language, p.state)
"""
COUNTS: Final = """
SELECT i.line, CASE
    WHEN i.is_new THEN 'created'
    WHEN i.unit_id IS NOT NULL AND i.unit_id IS DISTINCT FROM i.main_id THEN 'moved'
    WHEN i.role_id IS NOT NULL AND NOT i.is_held OR i.id = ANY($2::uuid[]) THEN 'changed'
    ELSE 'unchanged' END
FROM import_persons i WHERE i.batch = $1
"""
NEW: Final = """
SELECT id, email, name, coalesce(language, 'fr'), coalesce(state, 'active') FROM import_persons
WHERE batch = $1 AND is_new
"""
CREATE: Final = """
INSERT INTO persons (id, email, name, language, state, issuer, subject, sort_name, search_vector, created_at)
SELECT w.id, w.email, w.name, w.language, w.state, i.issuer, coalesce(i.subject, i.id::text), w.sort_name,
       array_to_tsvector(w.words), $2
FROM import_accounts w JOIN import_persons i ON i.id = w.id AND i.batch = w.batch
WHERE w.batch = $1 AND i.is_new
"""
CHANGE: Final = """
UPDATE persons p SET email = w.email, name = w.name, language = w.language, state = w.state, sort_name = w.sort_name,
       search_vector = array_to_tsvector(w.words)
FROM import_accounts w JOIN import_persons i ON i.id = w.id AND i.batch = w.batch
WHERE w.batch = $1 AND p.id = w.id AND NOT i.is_new
"""
# Who was here and goes to another unit: (person, unit, the main one of before).
MOVED: Final = """
SELECT id, unit_id, main_id FROM import_persons
WHERE batch = $1 AND NOT is_new AND unit_id IS NOT NULL AND unit_id IS DISTINCT FROM main_id
ORDER BY line
"""
# A person who moves leaves the main unit that a page or an import gave; another's line stays, no longer the main one.
LEAVE: Final = """
DELETE FROM memberships m USING import_persons i
WHERE i.batch = $1 AND m.person_id = i.id AND m.is_main AND i.unit_id IS NOT NULL AND m.unit_id <> i.unit_id
  AND m.source IN ('page', 'import')
RETURNING m.person_id, m.unit_id
"""
DEMOTE: Final = """
UPDATE memberships m SET is_main = false FROM import_persons i
WHERE i.batch = $1 AND m.person_id = i.id AND m.is_main AND i.unit_id IS NOT NULL AND m.unit_id <> i.unit_id
"""
JOIN: Final = """
INSERT INTO memberships (person_id, unit_id, is_main, source, created_at)
SELECT id, unit_id, true, 'import', $2 FROM import_persons
WHERE batch = $1 AND unit_id IS NOT NULL AND unit_id IS DISTINCT FROM main_id
ON CONFLICT (person_id, unit_id) DO UPDATE SET is_main = true
"""
GRANT: Final = """
INSERT INTO grants (id, person_id, role_id, unit_id, source, granted_by, created_at)
SELECT gen_random_uuid(), id, role_id, unit_id, 'import', $2, $3 FROM import_persons
WHERE batch = $1 AND role_id IS NOT NULL AND NOT is_held
ON CONFLICT DO NOTHING
RETURNING person_id, role_id, unit_id
"""
FORGET: Final = (
    "DELETE FROM import_persons WHERE batch = $1",
    "DELETE FROM import_accounts WHERE batch = $1",
)
