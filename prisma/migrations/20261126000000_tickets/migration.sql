-- The work on one subscriber's case (docs/decisions/0032-tickets.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TYPE "ticket_status" AS ENUM ('open', 'pending', 'resolved');

CREATE TABLE "tickets" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "status" "ticket_status" NOT NULL DEFAULT 'open',
    "waits_since" TIMESTAMPTZ(3) NOT NULL,
    "taken_by" UUID,
    "taken_until" TIMESTAMPTZ(3),

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "tickets_taken_whole" CHECK (("taken_by" IS NULL) = ("taken_until" IS NULL)),
    -- Nobody works on what waits for nobody.
    CONSTRAINT "tickets_taken_open" CHECK ("taken_by" IS NULL OR "status" = 'open')
);

CREATE UNIQUE INDEX "tickets_request_id_key" ON "tickets"("request_id");
CREATE INDEX "tickets_subscriber_id_idx" ON "tickets"("subscriber_id");
CREATE INDEX "tickets_taken_by_idx" ON "tickets"("taken_by");
-- What is given out next, for whoever works for all carriers and for one carrier's staff; nothing that is taken stands in the way.
CREATE INDEX "tickets_next_idx" ON "tickets"("waits_since", "id") WHERE "status" = 'open' AND "taken_by" IS NULL;
CREATE INDEX "tickets_next_of_carrier_idx" ON "tickets"("carrier_id", "waits_since", "id") WHERE "status" = 'open' AND "taken_by" IS NULL;
CREATE INDEX "tickets_lapsing_idx" ON "tickets"("taken_until") WHERE "taken_until" IS NOT NULL;

ALTER TABLE "tickets" ADD CONSTRAINT "tickets_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_taken_by_fkey" FOREIGN KEY ("taken_by") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Requests from before this.
INSERT INTO "tickets" ("id", "carrier_id", "subscriber_id", "request_id", "status", "waits_since")
SELECT gen_random_uuid(), r."carrier_id", r."subscriber_id", r."id",
  (CASE
    WHEN r."status" = 'filed' OR r."wait_reason" IN ('address-not-allowed', 'server-not-understood', 'source-changed', 'batch-withheld', 'frozen', 'our-fault') THEN 'open'
    WHEN r."status" IN ('approved', 'running', 'waiting', 'held') THEN 'pending'
    ELSE 'resolved'
  END)::"ticket_status",
  coalesce(r."decided_at", r."filed_at")
FROM "restore_requests" r;

SELECT "wall_by_carrier"('tickets');
