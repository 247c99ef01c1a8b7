-- Tickets of every kind, and what was said in them (docs/decisions/0032-tickets.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TYPE "ticket_kind" AS ENUM ('restore', 'advice-loss', 'missing-records', 'wrong-account', 'compensation', 'other');
CREATE TYPE "ticket_priority" AS ENUM ('normal', 'high', 'urgent');

ALTER TABLE "tickets"
    ADD COLUMN "kind" "ticket_kind" NOT NULL DEFAULT 'restore',
    ADD COLUMN "reference" TEXT,
    ADD COLUMN "subject" TEXT,
    ADD COLUMN "priority" "ticket_priority" NOT NULL DEFAULT 'normal',
    ADD COLUMN "tags" TEXT[] NOT NULL DEFAULT '{}',
    ADD COLUMN "opened_at" TIMESTAMPTZ(3),
    ADD COLUMN "about_request_id" UUID,
    ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
    ALTER COLUMN "request_id" DROP NOT NULL;

UPDATE "tickets" t SET "reference" = r."reference", "opened_at" = r."filed_at" FROM "restore_requests" r WHERE r."id" = t."request_id";

ALTER TABLE "tickets"
    ALTER COLUMN "reference" SET NOT NULL,
    ALTER COLUMN "opened_at" SET NOT NULL,
    ALTER COLUMN "opened_at" SET DEFAULT CURRENT_TIMESTAMP,
    -- A request's own ticket is of its kind and has its reference; the other kinds say what they are about.
    ADD CONSTRAINT "tickets_of_request" CHECK (("kind" = 'restore') = ("request_id" IS NOT NULL) AND ("kind" = 'restore' OR "subject" IS NOT NULL));

CREATE UNIQUE INDEX "tickets_reference_key" ON "tickets"("reference");
CREATE INDEX "tickets_about_request_id_idx" ON "tickets"("about_request_id");
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_about_request_id_fkey" FOREIGN KEY ("about_request_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TYPE "entry_kind" AS ENUM ('from-subscriber', 'to-subscriber', 'note');

CREATE TABLE "ticket_entries" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "written_by" UUID,
    "text" TEXT NOT NULL,
    "language" "language" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "message_id" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "removed_by" UUID,
    "removed_reason" TEXT,

    CONSTRAINT "ticket_entries_pkey" PRIMARY KEY ("id"),
    -- What was removed leaves who removed it, when and why, and nothing of what it said.
    CONSTRAINT "ticket_entries_tombstone" CHECK (
      "removed_at" IS NULL OR "removed_by" IS NOT NULL AND "removed_reason" IS NOT NULL AND "text" = ''
    )
);

CREATE INDEX "ticket_entries_ticket_id_at_idx" ON "ticket_entries"("ticket_id", "at", "id");
CREATE INDEX "ticket_entries_subscriber_id_idx" ON "ticket_entries"("subscriber_id");
CREATE UNIQUE INDEX "ticket_entries_message_id_key" ON "ticket_entries"("message_id");
ALTER TABLE "ticket_entries" ADD CONSTRAINT "ticket_entries_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ticket_entries" ADD CONSTRAINT "ticket_entries_written_by_fkey" FOREIGN KEY ("written_by") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

SELECT "wall_by_carrier"('ticket_entries');
