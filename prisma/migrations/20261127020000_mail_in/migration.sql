-- Mail that came in for a ticket, until it has been read (docs/decisions/0033-mail-in.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TYPE "mail_in_status" AS ENUM ('arriving', 'received', 'entered', 'aside');

CREATE TABLE "mails_in" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "status" "mail_in_status" NOT NULL DEFAULT 'arriving',
    "reason" TEXT,
    "size" INTEGER NOT NULL DEFAULT 0,
    "mail_key" BYTEA,
    "empty_sender" BOOLEAN NOT NULL DEFAULT false,
    "from_address" TEXT,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mails_in_pkey" PRIMARY KEY ("id"),
    -- What is kept aside says why, and nothing else does.
    CONSTRAINT "mails_in_reason" CHECK (("status" = 'aside') = ("reason" IS NOT NULL)),
    -- What has been answered for has an end of its own, and cannot be taken twice.
    CONSTRAINT "mails_in_settled" CHECK (
      ("status" IN ('entered', 'aside')) = ("settled_at" IS NOT NULL) AND ("status" = 'arriving' OR "mail_key" IS NOT NULL)
    )
);

-- The same mail to the same ticket is one mail, however often the relay brings it.
CREATE UNIQUE INDEX "mails_in_ticket_id_mail_key_key" ON "mails_in"("ticket_id", "mail_key");
-- How much came for a ticket within the hour.
CREATE INDEX "mails_in_ticket_id_arrived_at_idx" ON "mails_in"("ticket_id", "arrived_at");
CREATE INDEX "mails_in_subscriber_id_idx" ON "mails_in"("subscriber_id");
CREATE INDEX "mails_in_arrived_at_idx" ON "mails_in"("arrived_at");
-- What people look through.
CREATE INDEX "mails_in_aside_idx" ON "mails_in"("arrived_at", "id") WHERE "status" = 'aside';
ALTER TABLE "mails_in" ADD CONSTRAINT "mails_in_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT "wall_by_carrier"('mails_in');

-- Quotes and signatures that were left out of what somebody wrote: they go with it.
ALTER TABLE "ticket_entries" ADD COLUMN "trimmed" TEXT;
CREATE FUNCTION "forget_trimmed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."trimmed" := NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER "ticket_entries_forget_trimmed" BEFORE INSERT OR UPDATE ON "ticket_entries"
  FOR EACH ROW WHEN (NEW."removed_at" IS NOT NULL) EXECUTE FUNCTION "forget_trimmed"();
