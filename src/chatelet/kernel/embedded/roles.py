"""The roles, database and extensions that the application finds: made or completed at each start by the superuser."""

from pathlib import Path

from chatelet.kernel.embedded.account import Account
from chatelet.kernel.embedded.binaries import Binaries
from chatelet.kernel.embedded.errors import DatabaseStartFailed
from chatelet.kernel.embedded.initialisation import SUPERUSER, Secrets
from chatelet.kernel.embedded.postmaster import PORT

OWNER = "chatelet_owner"
APPLICATION = "chatelet_app"
DATABASE = "chatelet"

# psql runs each row of a query ended by \gexec, and a query without rows does nothing: so this can be run again.
_SCRIPT = r"""
SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD %L', name, password)
  FROM (VALUES ('chatelet_owner', :'owner_password'), ('chatelet_app', :'application_password')) AS r (name, password)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
SELECT format('GRANT %I TO chatelet_owner', name) FROM (VALUES ('pg_monitor'), ('pg_checkpoint')) AS needed (name)
 WHERE NOT pg_has_role('chatelet_owner', name, 'MEMBER') \gexec
SELECT 'CREATE DATABASE chatelet OWNER chatelet_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'chatelet') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname)
  FROM pg_database, LATERAL aclexplode(coalesce(datacl, acldefault('d', datdba))) AS held
 WHERE held.grantee = 0 AND datallowconn GROUP BY datname \gexec
SELECT 'GRANT CONNECT ON DATABASE chatelet TO chatelet_app'
 WHERE NOT has_database_privilege('chatelet_app', 'chatelet', 'CONNECT') \gexec
\connect chatelet
SELECT format('CREATE EXTENSION %I', name)
  FROM pg_available_extensions
 WHERE name IN ('vector', 'pg_trgm', 'unaccent') AND installed_version IS NULL \gexec
SELECT format('ALTER EXTENSION %I UPDATE', name)
  FROM pg_available_extensions WHERE installed_version <> default_version \gexec
BEGIN;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO chatelet_owner;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO chatelet_owner;
GRANT USAGE ON SCHEMA public TO chatelet_app;
COMMIT;
"""


def provide(binaries: Binaries, account: Account, socket: Path, passwords: Secrets) -> None:
    """Run the script above. Passwords go through the environment and the standard input, never through arguments."""
    done = account.run(
        [binaries.program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres"],
        environment={
            "PGHOST": str(socket),
            "PGPORT": str(PORT),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": passwords.postgres,
            "PGCONNECT_TIMEOUT": "20",
        },
        text=(
            f"\\set owner_password '{passwords.chatelet_owner}'\n"
            f"\\set application_password '{passwords.chatelet_app}'\n{_SCRIPT}"
        ),
    )
    if done.returncode != 0:
        raise DatabaseStartFailed(step="roles and extensions", log=done.stdout.strip())
