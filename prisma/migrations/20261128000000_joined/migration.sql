-- Tickets joined, watched, escalated and held by hand (docs/decisions/0040-joined-tickets.md).
SELECT set_config('homeward.carrier', '*', false);

ALTER TABLE "tickets"
    ADD COLUMN "merged_into" UUID,
    ADD COLUMN "escalated_at" TIMESTAMPTZ(3),
    ADD COLUMN "held_until" TIMESTAMPTZ(3),
    ADD COLUMN "held_reason" TEXT,
    ADD CONSTRAINT "tickets_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "tickets"("id") ON DELETE NO ACTION ON UPDATE CASCADE,
    ADD CONSTRAINT "tickets_merged_elsewhere" CHECK ("merged_into" <> "id"),
    ADD CONSTRAINT "tickets_held" CHECK (("held_until" IS NULL) = ("held_reason" IS NULL));
CREATE INDEX "tickets_merged_into_idx" ON "tickets"("merged_into");

-- What staff did to a ticket, told where it is talked about: a code, and the words are each reader's.
ALTER TABLE "ticket_entries"
    ADD COLUMN "act" TEXT,
    ADD COLUMN "act_reason" TEXT,
    ADD CONSTRAINT "ticket_entries_act" CHECK ("act" IS NULL OR "kind" = 'note');

CREATE TABLE "ticket_merges" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "into_id" UUID NOT NULL,
    "merged_by" UUID NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,
    "before" JSONB NOT NULL,
    "watchers" UUID[] NOT NULL DEFAULT '{}',
    "into_version" INTEGER NOT NULL,
    "unmerged_by" UUID,
    "unmerged_at" TIMESTAMPTZ(3),

    CONSTRAINT "ticket_merges_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ticket_merges_elsewhere" CHECK ("ticket_id" <> "into_id"),
    CONSTRAINT "ticket_merges_undone" CHECK (("unmerged_by" IS NULL) = ("unmerged_at" IS NULL))
);
-- A ticket goes into one at a time.
CREATE UNIQUE INDEX "ticket_merges_one" ON "ticket_merges"("ticket_id") WHERE "unmerged_at" IS NULL;
CREATE INDEX "ticket_merges_into_id_idx" ON "ticket_merges"("into_id");
CREATE INDEX "ticket_merges_subscriber_id_idx" ON "ticket_merges"("subscriber_id");
ALTER TABLE "ticket_merges" ADD CONSTRAINT "ticket_merges_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ticket_merges" ADD CONSTRAINT "ticket_merges_into_id_fkey" FOREIGN KEY ("into_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
SELECT "wall_by_carrier"('ticket_merges');

CREATE TABLE "ticket_watchers" (
    "ticket_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "merge_id" UUID,

    CONSTRAINT "ticket_watchers_pkey" PRIMARY KEY ("ticket_id", "staff_id"),
    CONSTRAINT "ticket_watchers_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ticket_watchers_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ticket_watchers_merge_id_fkey" FOREIGN KEY ("merge_id") REFERENCES "ticket_merges"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "ticket_watchers_staff_id_idx" ON "ticket_watchers"("staff_id");
CREATE INDEX "ticket_watchers_merge_id_idx" ON "ticket_watchers"("merge_id");
SELECT "wall_by_carrier"('ticket_watchers');
