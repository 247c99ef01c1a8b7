-- An active version that is withdrawn says why, and by another person than those who wrote it.
ALTER TABLE "compensation_versions" ADD COLUMN "ended_reason" TEXT;
ALTER TABLE "compensation_versions" ADD CONSTRAINT "compensation_versions_withdrawn" CHECK (
  ("status" = 'off') = ("ended_reason" IS NOT NULL) AND ("status" <> 'off' OR "ended_by" IS NOT NULL AND "ended_by" <> ALL ("writers"))
);

-- How a version ended stays, too.
CREATE OR REPLACE FUNCTION "compensation_version_stays"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A version of the rules stays.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.carrier_id, NEW.incident_id, NEW.number) IS DISTINCT FROM (OLD.id, OLD.carrier_id, OLD.incident_id, OLD.number)
    OR OLD.status <> 'draft' AND (NEW.lines, NEW.notify_days, NEW.notify_from, NEW.zone, NEW.edition, NEW.writers, NEW.activated_by, NEW.activated_at)
      IS DISTINCT FROM (OLD.lines, OLD.notify_days, OLD.notify_from, OLD.zone, OLD.edition, OLD.writers, OLD.activated_by, OLD.activated_at)
    OR OLD.status <> 'draft' AND NEW.status = 'draft'
    OR OLD.status IN ('superseded', 'off') AND (NEW.status, NEW.ended_by, NEW.ended_at, NEW.ended_reason)
      IS DISTINCT FROM (OLD.status, OLD.ended_by, OLD.ended_at, OLD.ended_reason)
  THEN RAISE EXCEPTION 'What a version of the rules says does not change.' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NEW;
END
$$;
