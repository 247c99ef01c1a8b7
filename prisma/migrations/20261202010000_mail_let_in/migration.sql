-- What a person did with mail that was kept aside (docs/decisions/0033-mail-in.md).
ALTER TYPE "mail_in_status" ADD VALUE 'dismissed';
ALTER TABLE "mails_in" ADD COLUMN "handled_by" UUID, ADD COLUMN "handled_at" TIMESTAMPTZ(3), ADD COLUMN "dismiss_reason" TEXT;
ALTER TABLE "mails_in" DROP CONSTRAINT "mails_in_reason", DROP CONSTRAINT "mails_in_settled";
-- Said as text: in this transaction the new value cannot be used yet.
ALTER TABLE "mails_in" ADD CONSTRAINT "mails_in_reason" CHECK (
      ("reason" IS NOT NULL) = ("status"::text IN ('aside', 'dismissed') OR "handled_by" IS NOT NULL)
    ),
    ADD CONSTRAINT "mails_in_settled" CHECK (
      ("status"::text IN ('entered', 'aside', 'dismissed')) = ("settled_at" IS NOT NULL)
      AND ("status"::text = 'arriving' OR "mail_key" IS NOT NULL)
    ),
    -- What a person let in or dismissed names who and when; of what was dismissed no sender stays.
    ADD CONSTRAINT "mails_in_handled" CHECK (
      ("handled_by" IS NULL) = ("handled_at" IS NULL)
      AND ("handled_by" IS NULL OR "status"::text IN ('entered', 'dismissed'))
      AND ("status"::text = 'dismissed') = ("dismiss_reason" IS NOT NULL)
      AND ("status"::text <> 'dismissed' OR "handled_by" IS NOT NULL AND "from_address" IS NULL)
    );
