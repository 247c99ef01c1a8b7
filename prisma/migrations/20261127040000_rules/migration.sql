-- Rules that decide the easy ones (docs/decisions/0034-rules.md).
SELECT set_config('homeward.carrier', '*', false);

-- When a person first took it or changed what it says: from then on no rule acts on it. ruled: how many acts of rules it has had.
ALTER TABLE "tickets" ADD COLUMN "touched_at" TIMESTAMPTZ(3), ADD COLUMN "ruled" INTEGER NOT NULL DEFAULT 0;

-- Whoever changes a ticket need not know of rules: what is not a rule's own act, which counts itself, is a person's.
CREATE FUNCTION "note_touch"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.touched_at := coalesce(OLD.touched_at, clock_timestamp());
  RETURN NEW;
END
$$;
CREATE TRIGGER "tickets_touched" BEFORE UPDATE ON "tickets" FOR EACH ROW
  WHEN (NEW."touched_at" IS NULL AND NEW."ruled" = OLD."ruled" AND (
    NEW."taken_by" IS NOT NULL AND NEW."taken_by" IS DISTINCT FROM OLD."taken_by"
    OR NEW."version" <> OLD."version" OR NEW."priority" <> OLD."priority" OR NEW."tags" <> OLD."tags"))
  EXECUTE FUNCTION "note_touch"();
-- What people are at work on now.
UPDATE "tickets" SET "touched_at" = clock_timestamp() WHERE "taken_by" IS NOT NULL;

CREATE TYPE "rule_status" AS ENUM ('draft', 'active', 'superseded', 'off');
CREATE TYPE "rule_run_kind" AS ENUM ('dry-run', 'backlog');
CREATE TYPE "rule_run_status" AS ENUM ('running', 'done', 'stopped');

CREATE TABLE "triage_rules" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "triage_rules_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "triage_rules_carrier_id_idx" ON "triage_rules"("carrier_id", "id");

CREATE TABLE "rule_versions" (
    "id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "carrier_id" UUID,
    "number" INTEGER NOT NULL,
    "status" "rule_status" NOT NULL DEFAULT 'draft',
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "conditions" JSONB NOT NULL,
    "action" JSONB NOT NULL,
    "edition" INTEGER NOT NULL DEFAULT 1,
    "writers" UUID[] NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "activated_by" UUID,
    "activated_at" TIMESTAMPTZ(3),
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "rule_versions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "rule_versions_another" CHECK ("activated_by" IS NULL OR "activated_by" <> ALL ("writers")),
    CONSTRAINT "rule_versions_activated" CHECK (
      ("status" = 'draft') = ("activated_by" IS NULL) AND ("activated_by" IS NULL) = ("activated_at" IS NULL)
    ),
    CONSTRAINT "rule_versions_ended" CHECK (("status" IN ('superseded', 'off')) = ("ended_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "rule_versions_rule_id_number_key" ON "rule_versions"("rule_id", "number");
CREATE UNIQUE INDEX "rule_versions_one_draft" ON "rule_versions"("rule_id") WHERE "status" = 'draft';
CREATE UNIQUE INDEX "rule_versions_one_active" ON "rule_versions"("rule_id") WHERE "status" = 'active';
ALTER TABLE "rule_versions" ADD CONSTRAINT "rule_versions_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "triage_rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What decided about people's data is not changed afterwards.
CREATE FUNCTION "rule_version_stays"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A version of a rule stays.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.rule_id, NEW.carrier_id, NEW.number) IS DISTINCT FROM (OLD.id, OLD.rule_id, OLD.carrier_id, OLD.number)
    OR OLD.status <> 'draft' AND (NEW.name, NEW.position, NEW.conditions, NEW.action, NEW.edition, NEW.writers, NEW.activated_by, NEW.activated_at)
      IS DISTINCT FROM (OLD.name, OLD.position, OLD.conditions, OLD.action, OLD.edition, OLD.writers, OLD.activated_by, OLD.activated_at)
    OR OLD.status <> 'draft' AND NEW.status = 'draft'
    OR OLD.status IN ('superseded', 'off') AND NEW.status <> OLD.status
  THEN RAISE EXCEPTION 'What a version of a rule says does not change.' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "rule_versions_stay" BEFORE UPDATE OR DELETE ON "rule_versions" FOR EACH ROW EXECUTE FUNCTION "rule_version_stays"();

CREATE TABLE "rule_runs" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "version_id" UUID NOT NULL,
    "kind" "rule_run_kind" NOT NULL,
    "edition" INTEGER NOT NULL,
    "status" "rule_run_status" NOT NULL DEFAULT 'running',
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "total" INTEGER NOT NULL,
    "cursor_id" UUID,
    "looked_at" INTEGER NOT NULL DEFAULT 0,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "sample" JSONB NOT NULL DEFAULT '[]',
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "rule_runs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "rule_runs_ended" CHECK (("status" = 'running') = ("ended_at" IS NULL))
);
CREATE INDEX "rule_runs_version_id_idx" ON "rule_runs"("version_id", "id");
ALTER TABLE "rule_runs" ADD CONSTRAINT "rule_runs_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "rule_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "rule_acts" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_acts_pkey" PRIMARY KEY ("id")
);
-- One version acts on a ticket once.
CREATE UNIQUE INDEX "rule_acts_ticket_id_version_id_key" ON "rule_acts"("ticket_id", "version_id");
CREATE INDEX "rule_acts_version_id_at_idx" ON "rule_acts"("version_id", "at");
CREATE INDEX "rule_acts_subscriber_id_idx" ON "rule_acts"("subscriber_id");
ALTER TABLE "rule_acts" ADD CONSTRAINT "rule_acts_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "rule_acts" ADD CONSTRAINT "rule_acts_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "rule_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT "wall_by_carrier"('triage_rules');
SELECT "wall_by_carrier"('rule_versions');
SELECT "wall_by_carrier"('rule_runs');
SELECT "wall_by_carrier"('rule_acts');
