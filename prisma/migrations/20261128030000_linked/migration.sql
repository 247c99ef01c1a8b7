-- Tickets of an incident, and acts on many tickets (docs/decisions/0043-incident-links-and-mass-replies.md).
SELECT set_config('homeward.carrier', '*', false);

ALTER TABLE "tickets" ADD COLUMN "incident_id" UUID, ADD COLUMN "wave_category" "category",
    ADD CONSTRAINT "tickets_wave" CHECK ("wave_category" IS NULL OR "incident_id" IS NOT NULL),
    -- An incident that concerns its carrier.
    ADD CONSTRAINT "tickets_incident_id_carrier_id_fkey" FOREIGN KEY ("incident_id", "carrier_id")
      REFERENCES "incident_carriers"("incident_id", "carrier_id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "tickets_incident_id_wave_category_fkey" FOREIGN KEY ("incident_id", "wave_category")
      REFERENCES "waves"("incident_id", "category") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "tickets_incident_id_idx" ON "tickets"("incident_id", "wave_category", "status");
CREATE INDEX "incident_carriers_carrier_id_idx" ON "incident_carriers"("carrier_id");

CREATE TYPE "mass_act_kind" AS ENUM ('reply', 'approve', 'decline', 'tag', 'untag', 'link', 'unlink', 'resolve', 'reopen');
CREATE TYPE "mass_act_status" AS ENUM ('draft', 'asked', 'running', 'done', 'stopped');

CREATE TABLE "mass_acts" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "kind" "mass_act_kind" NOT NULL,
    "filter" JSONB,
    "incident_id" UUID,
    "wave_category" "category",
    "undoes" UUID,
    "what" JSONB NOT NULL,
    "text_en" TEXT,
    "text_fr" TEXT,
    "asking_key" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "drafted_at" TIMESTAMPTZ(3) NOT NULL,
    "begun_at" TIMESTAMPTZ(3),
    "status" "mass_act_status" NOT NULL DEFAULT 'draft',
    "counted" INTEGER NOT NULL DEFAULT 0,
    "stop_reason" TEXT,
    "stopped_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "mass_acts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mass_acts_of_one_set" CHECK (num_nonnulls("filter", "incident_id", "undoes") = 1),
    CONSTRAINT "mass_acts_wave" CHECK ("wave_category" IS NULL OR "incident_id" IS NOT NULL),
    CONSTRAINT "mass_acts_texts" CHECK (("text_en" IS NULL) = ("text_fr" IS NULL) AND ("kind"::text <> 'reply' OR "text_en" IS NOT NULL)),
    CONSTRAINT "mass_acts_begun" CHECK (("status" = 'draft') = ("begun_at" IS NULL)),
    CONSTRAINT "mass_acts_ended" CHECK (("status" IN ('done', 'stopped')) = ("ended_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "mass_acts_asked_by_asking_key_key" ON "mass_acts"("asked_by", "asking_key");
CREATE INDEX "mass_acts_carrier_id_id_idx" ON "mass_acts"("carrier_id", "id");
CREATE INDEX "mass_acts_incident_id_idx" ON "mass_acts"("incident_id");
-- What was done is taken back once.
CREATE UNIQUE INDEX "mass_acts_undone_once" ON "mass_acts"("undoes") WHERE "status" IN ('asked', 'running', 'done');
ALTER TABLE "mass_acts" ADD CONSTRAINT "mass_acts_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mass_acts" ADD CONSTRAINT "mass_acts_undoes_fkey" FOREIGN KEY ("undoes") REFERENCES "mass_acts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
SELECT "wall_by_carrier"('mass_acts');

CREATE TABLE "mass_targets" (
    "mass_act_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "outcome" TEXT,
    "entry_id" UUID,
    "at" TIMESTAMPTZ(3),

    -- One act of many does one thing to one ticket, however often a worker is killed and begins anew.
    CONSTRAINT "mass_targets_pkey" PRIMARY KEY ("mass_act_id", "ticket_id"),
    CONSTRAINT "mass_targets_outcome" CHECK (("outcome" IS NULL) = ("at" IS NULL) AND ("entry_id" IS NULL OR "outcome" IS NOT NULL))
);
CREATE INDEX "mass_targets_to_do_idx" ON "mass_targets"("mass_act_id", "ticket_id") WHERE "outcome" IS NULL;
CREATE INDEX "mass_targets_ticket_id_idx" ON "mass_targets"("ticket_id");
CREATE INDEX "mass_targets_subscriber_id_idx" ON "mass_targets"("subscriber_id");
ALTER TABLE "mass_targets" ADD CONSTRAINT "mass_targets_mass_act_id_fkey" FOREIGN KEY ("mass_act_id") REFERENCES "mass_acts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mass_targets" ADD CONSTRAINT "mass_targets_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
SELECT "wall_by_carrier"('mass_targets');

ALTER TYPE "decision_kind" ADD VALUE 'mass-act';
ALTER TABLE "decisions" ADD COLUMN "mass_act_id" UUID;
CREATE UNIQUE INDEX "decisions_mass_act_id_key" ON "decisions"("mass_act_id");
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_mass_act_id_fkey" FOREIGN KEY ("mass_act_id") REFERENCES "mass_acts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_about";
-- Said as text: in this transaction the new value cannot be used yet.
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_about" CHECK (
    num_nonnulls("request_id", "bulk_id", "incident_id", "mass_act_id") = 1 AND (
      ("kind"::text IN ('overwrite', 'cross-account') AND "request_id" IS NOT NULL)
      OR ("kind"::text = 'bulk-approve' AND "bulk_id" IS NOT NULL)
      OR ("kind"::text = 'mass-act' AND "mass_act_id" IS NOT NULL)
      OR ("kind"::text = 'wave-release' AND "incident_id" IS NOT NULL AND "carrier_id" IS NULL)
    )
);
