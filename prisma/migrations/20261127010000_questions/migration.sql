-- What subscribers ask and how it is answered (docs/decisions/0032-tickets.md).
SELECT set_config('homeward.carrier', '*', false);

ALTER TABLE "tickets"
    -- Made once for each form: the same key opens one.
    ADD COLUMN "opening_key" TEXT,
    ADD COLUMN "asked_since" TIMESTAMPTZ(3),
    ADD COLUMN "resolved_reason" TEXT;

CREATE UNIQUE INDEX "tickets_subscriber_id_opening_key_key" ON "tickets"("subscriber_id", "opening_key");

ALTER TABLE "ticket_entries"
    ADD COLUMN "entry_key" TEXT,
    ADD COLUMN "mentions" UUID[] NOT NULL DEFAULT '{}';

CREATE UNIQUE INDEX "ticket_entries_ticket_id_entry_key_key" ON "ticket_entries"("ticket_id", "entry_key");

CREATE TABLE "ticket_items" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "category" "category" NOT NULL,
    "file" TEXT,
    "ordinal" INTEGER,
    "title" TEXT,

    CONSTRAINT "ticket_items_pkey" PRIMARY KEY ("id"),
    -- One record has its place in a file; a whole category has none.
    CONSTRAINT "ticket_items_place" CHECK (("file" IS NULL) = ("ordinal" IS NULL) AND ("file" IS NOT NULL OR "title" IS NULL))
);

CREATE INDEX "ticket_items_ticket_id_idx" ON "ticket_items"("ticket_id");
CREATE INDEX "ticket_items_subscriber_id_idx" ON "ticket_items"("subscriber_id");
ALTER TABLE "ticket_items" ADD CONSTRAINT "ticket_items_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
SELECT "wall_by_carrier"('ticket_items');

CREATE TABLE "macros" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "code" TEXT NOT NULL,
    "text_en" TEXT NOT NULL,
    "text_fr" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "macros_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "macros_code_key" ON "macros"("carrier_id", "code") NULLS NOT DISTINCT WHERE "removed_at" IS NULL;
ALTER TABLE "macros" ADD CONSTRAINT "macros_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
SELECT "wall_by_carrier"('macros', 'readable');

ALTER TABLE "messages" ADD COLUMN "entry_id" UUID;
ALTER TABLE "staff_messages" ADD COLUMN "ticket_id" UUID;
ALTER TABLE "staff_messages" ADD CONSTRAINT "staff_messages_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
