"""Job queue, monthly partitions, and the row that proves readiness."""

from alembic import op
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

revision = "0001_jobs"
down_revision = None
branch_labels = None
depends_on = None

# Bounds are UUIDv7 prefixes: 48 bits of milliseconds, then zeroes. Callable by the application, run as the owner: the
# application itself may not create tables.
ENSURE_PARTITIONS = """
CREATE FUNCTION ensure_partitions(parent regclass, months_ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    month timestamptz := date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
    following timestamptz;
    child text;
    made integer := 0;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_class WHERE oid = parent AND relkind = 'p' AND relnamespace = 'public'::regnamespace
    ) THEN
        RAISE EXCEPTION '% is not a partitioned table of this schema', parent;
    END IF;
    FOR step IN 0..least(greatest(months_ahead, 0), 24) LOOP
        following := (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
        child := (SELECT relname FROM pg_class WHERE oid = parent) || to_char(month AT TIME ZONE 'UTC', '"_y"YYYY"m"MM');
        IF to_regclass(format('public.%I', child)) IS NULL THEN
            BEGIN
                EXECUTE format(
                    'CREATE TABLE public.%I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', child, parent,
                    partition_bound(month), partition_bound(following)
                );
                made := made + 1;
            EXCEPTION WHEN check_violation THEN
                NULL;  -- rows of this month are in the default partition already: they stay there
            END;
        END IF;
        month := following;
    END LOOP;
    RETURN made;
END $$
"""
PARTITION_BOUND = """
CREATE FUNCTION partition_bound(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    install = QueryBuilderEnvironment().build_install_query()
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(install))
    op.execute(PARTITION_BOUND)
    op.execute(ENSURE_PARTITIONS)
    op.execute(
        "CREATE TABLE health_probes (id uuid PRIMARY KEY, process integer NOT NULL, at timestamptz DEFAULT now())"
    )
    op.execute("REVOKE ALL ON FUNCTION ensure_partitions(regclass, integer) FROM PUBLIC")
