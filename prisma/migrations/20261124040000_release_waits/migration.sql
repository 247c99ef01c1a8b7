-- The wait before recovered content is shown by a code, signing in by a code, and codes that an operator makes.
CREATE TABLE "release_waits" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_waits_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "release_waits_three_days" CHECK ("opens_at" >= "asked_at" + INTERVAL '72 hours' AND "ends_at" > "opens_at")
);
CREATE INDEX "release_waits_subscriber_id_idx" ON "release_waits"("subscriber_id");
-- Asked twice at the same moment, there is one, and the first one counts.
CREATE UNIQUE INDEX "release_waits_one_open" ON "release_waits"("subscriber_id") WHERE "stopped_at" IS NULL;
SELECT "wall_by_carrier"('release_waits');

ALTER TABLE "sign_in_sessions" ADD COLUMN "proved_key_since" TIMESTAMPTZ(3);

-- What a mail link was taken to prove it does not prove any more.
UPDATE "sign_in_sessions" SET "proved_at" = NULL WHERE "method" = 'mail';

ALTER TABLE "factor_changes" DROP CONSTRAINT "factor_changes_kind";
ALTER TABLE "factor_changes" ADD CONSTRAINT "factor_changes_kind" CHECK ("kind" IN ('sim', 'address', 'passkey', 'first-passkey'));

ALTER TABLE "identity_codes" ADD COLUMN "purpose" TEXT NOT NULL DEFAULT 'proof';
ALTER TABLE "identity_codes" ADD COLUMN "authentication_id" TEXT;
ALTER TABLE "identity_codes" ADD CONSTRAINT "identity_codes_purpose" CHECK ("purpose" IN ('proof', 'sign-in'));
DROP INDEX "identity_codes_one_open";
-- One code of a subscriber is good at a time, for each purpose.
CREATE UNIQUE INDEX "identity_codes_one_open" ON "identity_codes"("subscriber_id", "purpose") WHERE "spent_at" IS NULL;
CREATE INDEX "identity_codes_session_id_idx" ON "identity_codes"("session_id");

ALTER TABLE "code_guards" ADD COLUMN "purpose" TEXT NOT NULL DEFAULT 'proof';
ALTER TABLE "code_guards" ADD CONSTRAINT "code_guards_purpose" CHECK ("purpose" IN ('proof', 'sign-in'));
ALTER TABLE "code_guards" DROP CONSTRAINT "code_guards_pkey";
ALTER TABLE "code_guards" ADD CONSTRAINT "code_guards_pkey" PRIMARY KEY ("subscriber_id", "purpose");
