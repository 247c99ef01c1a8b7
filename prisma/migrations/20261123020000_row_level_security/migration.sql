-- The second wall between carriers (docs/decisions/0025-row-level-security.md). The first is each query's own condition.
--
-- Who reads or writes says in each transaction whose rows it may see: set_config('homeward.carrier', <id or '*'>, true).
-- Without it no row shows. The owner is bound as well: a migration that reads or changes rows of these tables begins with
--   SELECT set_config('homeward.carrier', '*', false);
-- and one that makes a table with carrier_id ends with
--   SELECT "wall_by_carrier"('table_name');

-- After a transaction PostgreSQL leaves such a setting empty, not missing.
CREATE FUNCTION "seen_carrier"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(nullif(current_setting('homeward.carrier', true), '*'), '')::uuid
$$;

CREATE FUNCTION "sees_every_carrier"() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('homeward.carrier', true) = '*', false)
$$;

-- Of rows that name no carrier, carriers see and change none ("hidden"), read all ("readable") or have them in common
-- ("shared"). The functions stand in a SELECT each so that they are asked once a statement, not once a row.
CREATE FUNCTION "wall_by_carrier"(walled regclass, nobodys text DEFAULT 'hidden') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF nobodys NOT IN ('hidden', 'readable', 'shared') THEN
    RAISE EXCEPTION 'rows of no carrier are hidden, readable or shared, not %', nobodys;
  END IF;
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY "own_carrier" ON %s USING ((SELECT sees_every_carrier()) OR carrier_id = (SELECT seen_carrier()))', walled);
  IF nobodys <> 'hidden' THEN
    EXECUTE format('CREATE POLICY "no_carrier" ON %s FOR %s USING (carrier_id IS NULL AND (SELECT seen_carrier()) IS NOT NULL)',
      walled, CASE nobodys WHEN 'shared' THEN 'ALL' ELSE 'SELECT' END);
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION "wall_by_carrier"(regclass, text) FROM PUBLIC;

SELECT "wall_by_carrier"('subscribers');
-- The installation's own staff decide for every carrier, whose people read who it was.
SELECT "wall_by_carrier"('staff', 'readable');

SELECT "wall_by_carrier"('incident_carriers');
SELECT "wall_by_carrier"('advice_versions', 'readable');
SELECT "wall_by_carrier"('advice_shown');

SELECT "wall_by_carrier"('notices');
SELECT "wall_by_carrier"('notice_templates', 'readable');
SELECT "wall_by_carrier"('suppressions', 'readable');
SELECT "wall_by_carrier"('broadcasts');
SELECT "wall_by_carrier"('deliveries');

-- A bag that names no carrier holds data of several; whose is said by its holdings.
SELECT "wall_by_carrier"('recovery_batches', 'readable');
SELECT "wall_by_carrier"('batch_exceptions');
SELECT "wall_by_carrier"('holdings');

SELECT "wall_by_carrier"('device_accounts');
SELECT "wall_by_carrier"('restore_requests');
SELECT "wall_by_carrier"('request_items');
SELECT "wall_by_carrier"('request_choices');
SELECT "wall_by_carrier"('runs');
SELECT "wall_by_carrier"('run_categories');
SELECT "wall_by_carrier"('outcome_chunks');

SELECT "wall_by_carrier"('events');
-- Whoever changes something may ask for the installation's own work, which names ids only.
SELECT "wall_by_carrier"('tasks', 'shared');
SELECT "wall_by_carrier"('messages');

-- The dispatcher looks lanes up by this; under row-level security an index serves CASE, but not coalesce().
DROP INDEX "tasks_lanes_idx";
CREATE INDEX "tasks_lanes_idx" ON "tasks" ((CASE WHEN "host" IS NULL THEN "job" ELSE "host" END), "run_at", "id") WHERE "status" = 'waiting';
