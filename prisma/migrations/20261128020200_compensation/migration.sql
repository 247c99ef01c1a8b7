-- What a carrier grants its subscribers after an incident (docs/decisions/0042-after-the-restore-and-compensation.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TYPE "grant_kind" AS ENUM ('credit', 'months', 'words');
CREATE TYPE "notify_from" AS ENUM ('incident', 'decision');

-- A version of one carrier's rules for one incident.
CREATE TABLE "compensation_versions" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "rule_status" NOT NULL DEFAULT 'draft',
    "lines" JSONB NOT NULL,
    "notify_days" INTEGER NOT NULL,
    "notify_from" "notify_from" NOT NULL,
    "zone" TEXT NOT NULL,
    "edition" INTEGER NOT NULL DEFAULT 1,
    "writers" UUID[] NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "activated_by" UUID,
    "activated_at" TIMESTAMPTZ(3),
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "compensation_versions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "compensation_versions_another" CHECK ("activated_by" IS NULL OR "activated_by" <> ALL ("writers")),
    CONSTRAINT "compensation_versions_activated" CHECK (
      ("status" = 'draft') = ("activated_by" IS NULL) AND ("activated_by" IS NULL) = ("activated_at" IS NULL)
    ),
    CONSTRAINT "compensation_versions_ended" CHECK (("status" IN ('superseded', 'off')) = ("ended_at" IS NOT NULL)),
    CONSTRAINT "compensation_versions_days" CHECK ("notify_days" BETWEEN 0 AND 3650)
);
CREATE UNIQUE INDEX "compensation_versions_number_key" ON "compensation_versions"("carrier_id", "incident_id", "number");
CREATE UNIQUE INDEX "compensation_versions_one_draft" ON "compensation_versions"("carrier_id", "incident_id") WHERE "status" = 'draft';
CREATE UNIQUE INDEX "compensation_versions_one_active" ON "compensation_versions"("carrier_id", "incident_id") WHERE "status" = 'active';
ALTER TABLE "compensation_versions" ADD CONSTRAINT "compensation_versions_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "compensation_versions" ADD CONSTRAINT "compensation_versions_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What money was decided by is not changed afterwards.
CREATE FUNCTION "compensation_version_stays"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A version of the rules stays.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.carrier_id, NEW.incident_id, NEW.number) IS DISTINCT FROM (OLD.id, OLD.carrier_id, OLD.incident_id, OLD.number)
    OR OLD.status <> 'draft' AND (NEW.lines, NEW.notify_days, NEW.notify_from, NEW.zone, NEW.edition, NEW.writers, NEW.activated_by, NEW.activated_at)
      IS DISTINCT FROM (OLD.lines, OLD.notify_days, OLD.notify_from, OLD.zone, OLD.edition, OLD.writers, OLD.activated_by, OLD.activated_at)
    OR OLD.status <> 'draft' AND NEW.status = 'draft'
    OR OLD.status IN ('superseded', 'off') AND NEW.status <> OLD.status
  THEN RAISE EXCEPTION 'What a version of the rules says does not change.' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "compensation_versions_stay" BEFORE UPDATE OR DELETE ON "compensation_versions" FOR EACH ROW EXECUTE FUNCTION "compensation_version_stays"();

-- A draft tried on everybody, or an active version that decides about everybody, again and again.
CREATE TABLE "compensation_runs" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "kind" "rule_run_kind" NOT NULL,
    "edition" INTEGER NOT NULL,
    "status" "rule_run_status" NOT NULL DEFAULT 'running',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "cursor_id" UUID,
    "looked_at" INTEGER NOT NULL DEFAULT 0,
    "granted" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "amounts" JSONB NOT NULL DEFAULT '{}',
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "compensation_runs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "compensation_runs_ended" CHECK (("status" = 'running') = ("ended_at" IS NULL))
);
CREATE UNIQUE INDEX "compensation_runs_version_id_kind_edition_key" ON "compensation_runs"("version_id", "kind", "edition");
ALTER TABLE "compensation_runs" ADD CONSTRAINT "compensation_runs_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "compensation_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was exported for the carrier's billing.
CREATE TABLE "compensation_exports" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "made_by" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "compensation_exports_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "compensation_exports_carrier_id_made_at_idx" ON "compensation_exports"("carrier_id", "made_at");
ALTER TABLE "compensation_exports" ADD CONSTRAINT "compensation_exports_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "compensation_decisions" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "line" INTEGER,
    "grant_kind" "grant_kind",
    "amount" BIGINT,
    "currency" TEXT,
    "months" INTEGER,
    "words_en" TEXT,
    "words_fr" TEXT,
    "reasons" TEXT[] NOT NULL DEFAULT '{}',
    "evidence" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "notify_by" DATE,
    "shown_at" TIMESTAMPTZ(3),
    "export_id" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "compensation_decisions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "compensation_decisions_granted" CHECK (num_nonnulls("line", "grant_kind", "notify_by") IN (0, 3)),
    CONSTRAINT "compensation_decisions_credit" CHECK (("grant_kind" = 'credit') IS TRUE = ("amount" IS NOT NULL) AND ("amount" IS NULL) = ("currency" IS NULL) AND "amount" > 0),
    CONSTRAINT "compensation_decisions_months" CHECK (("grant_kind" = 'months') IS TRUE = ("months" IS NOT NULL)),
    CONSTRAINT "compensation_decisions_words" CHECK (("grant_kind" = 'words') IS TRUE = ("words_en" IS NOT NULL) AND ("words_en" IS NULL) = ("words_fr" IS NULL)),
    -- What billing has is not decided away.
    CONSTRAINT "compensation_decisions_exported" CHECK ("export_id" IS NULL OR "ended_at" IS NULL AND "grant_kind" IS NOT NULL)
);
CREATE UNIQUE INDEX "compensation_decisions_reference_key" ON "compensation_decisions"("reference");
-- Never two open ones for one incident.
CREATE UNIQUE INDEX "compensation_decisions_open_key" ON "compensation_decisions"("subscriber_id", "incident_id") WHERE "ended_at" IS NULL;
CREATE INDEX "compensation_decisions_subscriber_id_idx" ON "compensation_decisions"("subscriber_id", "id");
CREATE INDEX "compensation_decisions_export_id_idx" ON "compensation_decisions"("export_id", "id") WHERE "export_id" IS NOT NULL;
CREATE INDEX "compensation_decisions_to_export_idx" ON "compensation_decisions"("carrier_id", "incident_id", "id") WHERE "ended_at" IS NULL AND "grant_kind" IS NOT NULL AND "export_id" IS NULL;
ALTER TABLE "compensation_decisions" ADD CONSTRAINT "compensation_decisions_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "compensation_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "compensation_decisions" ADD CONSTRAINT "compensation_decisions_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "compensation_exports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "compensation_decisions" ADD CONSTRAINT "compensation_decisions_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "compensation_decisions" ADD CONSTRAINT "compensation_decisions_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscribers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT "wall_by_carrier"('compensation_versions');
SELECT "wall_by_carrier"('compensation_runs');
SELECT "wall_by_carrier"('compensation_exports');
SELECT "wall_by_carrier"('compensation_decisions');
