-- Files that came with a mail (docs/decisions/0033-mail-in.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TABLE "ticket_files" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "media_type" TEXT,
    "refused" TEXT,

    CONSTRAINT "ticket_files_pkey" PRIMARY KEY ("id"),
    -- It was kept as what it is, or says why not.
    CONSTRAINT "ticket_files_kept" CHECK (("media_type" IS NULL) <> ("refused" IS NULL))
);

CREATE UNIQUE INDEX "ticket_files_entry_id_ordinal_key" ON "ticket_files"("entry_id", "ordinal");
CREATE INDEX "ticket_files_ticket_id_idx" ON "ticket_files"("ticket_id");
CREATE INDEX "ticket_files_subscriber_id_idx" ON "ticket_files"("subscriber_id");
ALTER TABLE "ticket_files" ADD CONSTRAINT "ticket_files_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "ticket_entries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT "wall_by_carrier"('ticket_files');

-- The entry that a mail became, by which what belongs to it is found again.
ALTER TABLE "mails_in" ADD COLUMN "entry_id" UUID;
