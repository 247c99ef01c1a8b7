-- One person's records into another's account: asked and agreed to by two of support, consented to by both persons.
CREATE TYPE "crossing_status" AS ENUM ('asked', 'open', 'filed', 'refused', 'expired', 'ended');

ALTER TYPE "decision_kind" ADD VALUE 'cross-account';
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_about";
-- Said as text: in this transaction the new value cannot be used yet.
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_about" CHECK (
    ("kind"::text IN ('overwrite', 'cross-account') AND "request_id" IS NOT NULL AND "bulk_id" IS NULL AND "incident_id" IS NULL)
    OR ("kind"::text = 'bulk-approve' AND "bulk_id" IS NOT NULL AND "request_id" IS NULL AND "incident_id" IS NULL)
    OR ("kind"::text = 'wave-release' AND "incident_id" IS NOT NULL AND "request_id" IS NULL AND "bulk_id" IS NULL AND "carrier_id" IS NULL)
);

CREATE TABLE "crossings" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "source_request_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "status" "crossing_status" NOT NULL DEFAULT 'asked',
    "expires_at" TIMESTAMPTZ(3),
    "source_consented_at" TIMESTAMPTZ(3),
    "target_consented_at" TIMESTAMPTZ(3),
    "opens_at" TIMESTAMPTZ(3),
    "request_id" UUID,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,

    CONSTRAINT "crossings_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "crossings_two_persons" CHECK ("source_id" <> "target_id"),
    CONSTRAINT "crossings_open" CHECK ("status" NOT IN ('open', 'filed') OR "expires_at" IS NOT NULL),
    -- Nothing is filed before both have consented, and nothing is put there for 72 hours from then.
    CONSTRAINT "crossings_both_consent" CHECK (
        ("request_id" IS NULL AND "opens_at" IS NULL AND "status" <> 'filed')
        OR ("request_id" IS NOT NULL AND "source_consented_at" IS NOT NULL AND "target_consented_at" IS NOT NULL
            AND "opens_at" >= GREATEST("source_consented_at", "target_consented_at") + interval '72 hours')
    ),
    CONSTRAINT "crossings_ended" CHECK (("status" IN ('refused', 'expired', 'ended')) = ("ended_at" IS NOT NULL))
);

CREATE UNIQUE INDEX "crossings_decision_id_key" ON "crossings"("decision_id");
CREATE UNIQUE INDEX "crossings_request_id_key" ON "crossings"("request_id");
-- What a request asks for goes one way at a time.
CREATE UNIQUE INDEX "crossings_one_live" ON "crossings"("source_request_id") WHERE "status" IN ('asked', 'open', 'filed');
CREATE INDEX "crossings_source_request_id_idx" ON "crossings"("source_request_id");
CREATE INDEX "crossings_source_id_idx" ON "crossings"("source_id");
CREATE INDEX "crossings_target_id_idx" ON "crossings"("target_id");

ALTER TABLE "crossings" ADD CONSTRAINT "crossings_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_source_request_id_fkey" FOREIGN KEY ("source_request_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "subscribers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "subscribers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "device_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The table's own word on whose is what: no fault of a verb's can lead one person's records to a third one's account.
CREATE FUNCTION "crossing_stays_between_two"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.carrier_id, NEW.decision_id, NEW.source_request_id, NEW.source_id, NEW.target_id, NEW.account_id)
    IS DISTINCT FROM (OLD.carrier_id, OLD.decision_id, OLD.source_request_id, OLD.source_id, OLD.target_id, OLD.account_id)
  THEN RAISE EXCEPTION 'Between whom a crossing is does not change.' USING ERRCODE = 'restrict_violation'; END IF;
  IF TG_OP = 'UPDATE' AND OLD.status IN ('refused', 'expired', 'ended') AND NEW.status <> OLD.status
  THEN RAISE EXCEPTION 'A crossing that has ended stays so.' USING ERRCODE = 'restrict_violation'; END IF;
  IF NOT EXISTS (SELECT FROM public.subscribers s WHERE s.id = NEW.source_id AND s.carrier_id = NEW.carrier_id)
    OR NOT EXISTS (SELECT FROM public.subscribers s WHERE s.id = NEW.target_id AND s.carrier_id = NEW.carrier_id)
    OR NOT EXISTS (SELECT FROM public.device_accounts a WHERE a.id = NEW.account_id AND a.subscriber_id = NEW.target_id)
    OR NOT EXISTS (SELECT FROM public.restore_requests r WHERE r.id = NEW.source_request_id AND r.subscriber_id = NEW.source_id)
    OR (NEW.request_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM public.restore_requests r WHERE r.id = NEW.request_id AND r.subscriber_id = NEW.target_id
        AND r.account_id = NEW.account_id AND r.rule = 'keep-both'))
  THEN RAISE EXCEPTION 'A crossing is between two persons of one carrier, into an account of the second.' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "crossings_between_two" BEFORE INSERT OR UPDATE ON "crossings"
  FOR EACH ROW EXECUTE FUNCTION "crossing_stays_between_two"();

SELECT "wall_by_carrier"('crossings');
