-- The older of two ways of approving many goes (docs/decisions/0044-one-way-to-many.md). What it has done stays to be read among
-- the acts on many, under the same ids; what it had not finished is ended.
SELECT set_config('homeward.carrier', '*', false);

-- What happens here stands in the chains as anything else does, hashed as domain/event-hash.ts does it.
CREATE FUNCTION hashed_field(field text) RETURNS bytea LANGUAGE sql AS $$
  SELECT convert_to(octet_length(convert_to(field, 'UTF8')) || ':', 'UTF8') || convert_to(field, 'UTF8')
$$;
CREATE FUNCTION say_upgraded(whom text, what text, whose uuid, moment timestamptz, details text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  place bigint;
  said text := to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  last record;
  field text;
  bytes bytea;
  before bytea;
  next integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(whom, 7));
  place := nextval('events_id_seq');
  SELECT seq, hash INTO last FROM events WHERE subject = whom ORDER BY seq DESC LIMIT 1;
  next := coalesce(last.seq, 0) + 1;
  before := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  bytes := before;
  FOREACH field IN ARRAY ARRAY[whom, next::text, what, coalesce(whose::text, ''), 'system', 'upgrade', said, details, place::text] LOOP
    bytes := bytes || hashed_field(field);
  END LOOP;
  INSERT INTO events (id, carrier_id, subject, seq, kind, actor_role, actor_id, at, data, previous, hash)
  VALUES (place, whose, whom, next, what, 'system', 'upgrade', moment, details, before, sha256(bytes));
END
$$;

DO $$
DECLARE
  moment timestamptz(3) := clock_timestamp();
  one record;
BEGIN
  -- A worker that goes through one is waited for, so that what it has counted is what stays.
  LOCK TABLE bulk_approvals IN ACCESS EXCLUSIVE MODE;
  FOR one IN SELECT d.id, d.bulk_id, d.carrier_id, d.expires_at <= moment AS late
    FROM decisions d WHERE d.kind = 'bulk-approve' AND d.status = 'open' ORDER BY d.id
  LOOP
    UPDATE decisions SET status = CASE WHEN one.late THEN 'expired' ELSE 'withdrawn' END::decision_status, decided_at = moment
    WHERE id = one.id;
    PERFORM say_upgraded('bulk:' || one.bulk_id, CASE WHEN one.late THEN 'decision.expired' ELSE 'decision.withdrawn' END,
      one.carrier_id, moment, format('{"decisionId":"%s","subscriberId":null,"what":"bulk-approve"}', one.id));
  END LOOP;
  FOR one IN SELECT * FROM bulk_approvals WHERE status IN ('asked', 'running') ORDER BY id LOOP
    UPDATE bulk_approvals SET status = 'stopped', stop_reason = 'replaced', stopped_by = 'upgrade', ended_at = moment WHERE id = one.id;
    PERFORM say_upgraded('bulk:' || one.id, 'bulk.stopped', one.carrier_id, moment,
      format('{"approved":%s,"halfApproved":%s,"reason":"replaced","refused":%s}', one.approved, one.half_approved, one.refused));
  END LOOP;
END
$$;
DROP FUNCTION "say_upgraded"(text, text, uuid, timestamptz, text);
DROP FUNCTION "hashed_field"(text);

-- Nobody is there to do them any more.
DELETE FROM "tasks" WHERE "job" = 'advance-bulk' AND "status" <> 'done';

ALTER TABLE "mass_acts" ADD COLUMN "became" JSONB;
INSERT INTO "mass_acts" ("id", "carrier_id", "kind", "filter", "what", "asking_key", "asked_by", "drafted_at", "begun_at", "status", "counted",
  "stop_reason", "stopped_by", "ended_at", "became")
SELECT "id", "carrier_id", 'approve',
  jsonb_strip_nulls(jsonb_build_object('state', jsonb_build_array('filed'), 'carrier', "carrier_id", 'category', "category")),
  '{"act": "approve"}', 'bulk:' || "asking_key", "asked_by", "asked_at", "asked_at", "status"::text::mass_act_status, "counted",
  "stop_reason", "stopped_by", "ended_at",
  jsonb_build_object('done', "approved", 'half', "half_approved", 'refusals', "refusals")
FROM "bulk_approvals";

ALTER TABLE "decisions" DROP CONSTRAINT "decisions_about";
UPDATE "decisions" SET "kind" = 'mass-act', "mass_act_id" = "bulk_id", "bulk_id" = NULL WHERE "kind" = 'bulk-approve';
-- With it go its index and its foreign key.
ALTER TABLE "decisions" DROP COLUMN "bulk_id";
DROP TABLE "bulk_approvals";
DROP TYPE "bulk_status";

-- A value is taken from a type by making the type anew.
ALTER TYPE "decision_kind" RENAME TO "decision_kind_before";
CREATE TYPE "decision_kind" AS ENUM ('overwrite', 'wave-release', 'cross-account', 'mass-act');
ALTER TABLE "decisions" ALTER COLUMN "kind" TYPE "decision_kind" USING "kind"::text::"decision_kind";
DROP TYPE "decision_kind_before";
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_about" CHECK (
    num_nonnulls("request_id", "incident_id", "mass_act_id") = 1 AND (
      ("kind" IN ('overwrite', 'cross-account') AND "request_id" IS NOT NULL)
      OR ("kind" = 'mass-act' AND "mass_act_id" IS NOT NULL)
      OR ("kind" = 'wave-release' AND "incident_id" IS NOT NULL AND "carrier_id" IS NULL)
    )
);
