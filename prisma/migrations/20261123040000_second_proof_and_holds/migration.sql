-- The second proof before data is given out, and what holds it back.
ALTER TABLE "subscribers" ADD COLUMN "locked_at" TIMESTAMPTZ(3);

-- Accounts that are here already are the ones people had.
ALTER TABLE "device_accounts" ADD COLUMN "cooling_until" TIMESTAMPTZ(3);

ALTER TABLE "messages" ADD COLUMN "channel" TEXT NOT NULL DEFAULT 'mail';
ALTER TABLE "messages" ADD COLUMN "change_id" UUID;
ALTER TABLE "messages" ADD CONSTRAINT "messages_channel" CHECK ("channel" IN ('mail', 'sms'));

CREATE TABLE "identity_codes" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "spent_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_codes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "code_guards" (
    "subscriber_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "wait_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3)[],

    CONSTRAINT "code_guards_pkey" PRIMARY KEY ("subscriber_id"),
    CONSTRAINT "code_guards_failures" CHECK ("failures" >= 0)
);

CREATE TABLE "factor_changes" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "previous" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factor_changes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "factor_changes_kind" CHECK ("kind" IN ('sim', 'address', 'passkey'))
);

CREATE TABLE "freezes" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "asked_by" TEXT,
    "asked_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "freezes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "freezes_source" CHECK ("source" IN ('link', 'own')),
    CONSTRAINT "freezes_end_takes_two" CHECK ("ended_at" IS NULL OR ("asked_by" IS NOT NULL AND "ended_by" IS NOT NULL AND "asked_by" <> "ended_by"))
);

CREATE TABLE "request_approvals" (
    "request_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "approved_by" TEXT NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_approvals_pkey" PRIMARY KEY ("request_id", "approved_by")
);

CREATE INDEX "identity_codes_subscriber_id_idx" ON "identity_codes"("subscriber_id");
-- One code of a subscriber is good at a time.
CREATE UNIQUE INDEX "identity_codes_one_open" ON "identity_codes"("subscriber_id") WHERE "spent_at" IS NULL;
CREATE INDEX "factor_changes_subscriber_id_changed_at_idx" ON "factor_changes"("subscriber_id", "changed_at");
CREATE INDEX "freezes_subscriber_id_idx" ON "freezes"("subscriber_id");
CREATE INDEX "freezes_carrier_id_opened_at_idx" ON "freezes"("carrier_id", "opened_at");
-- Frozen is frozen: pressed twice, there is one ticket.
CREATE UNIQUE INDEX "freezes_one_open" ON "freezes"("subscriber_id") WHERE "ended_at" IS NULL;

ALTER TABLE "freezes" ADD CONSTRAINT "freezes_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscribers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "request_approvals" ADD CONSTRAINT "request_approvals_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT "wall_by_carrier"('identity_codes');
SELECT "wall_by_carrier"('code_guards');
SELECT "wall_by_carrier"('factor_changes');
SELECT "wall_by_carrier"('freezes');
SELECT "wall_by_carrier"('request_approvals');
