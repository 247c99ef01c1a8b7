-- What takes two people: one asks, another decides, and what nobody decides in 72 hours has run out.
CREATE TYPE "decision_kind" AS ENUM ('overwrite', 'bulk-approve');
CREATE TYPE "decision_status" AS ENUM ('open', 'approved', 'refused', 'expired', 'withdrawn');
CREATE TYPE "bulk_status" AS ENUM ('asked', 'running', 'done', 'stopped');

-- "The recovered record wins": only a decision sets it.
ALTER TYPE "conflict_rule" ADD VALUE 'overwrite';
-- Said as text: in this transaction the new value cannot be used yet.
ALTER TABLE "request_choices" ADD CONSTRAINT "request_choices_never_overwrite" CHECK ("rule"::text <> 'overwrite');

CREATE TABLE "bulk_approvals" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "category" "category",
    "filed_until" TIMESTAMPTZ(3) NOT NULL,
    "counted" INTEGER NOT NULL,
    "asking_key" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "bulk_status" NOT NULL,
    "cursor_filed_at" TIMESTAMPTZ(3),
    "cursor_id" UUID,
    "approved" INTEGER NOT NULL DEFAULT 0,
    "half_approved" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "refusals" JSONB NOT NULL DEFAULT '{}',
    "stop_reason" TEXT,
    "stopped_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_approvals_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "bulk_approvals_cursor" CHECK (("cursor_filed_at" IS NULL) = ("cursor_id" IS NULL)),
    CONSTRAINT "bulk_approvals_ended" CHECK (("status" IN ('done', 'stopped')) = ("ended_at" IS NOT NULL))
);

CREATE TABLE "decisions" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "kind" "decision_kind" NOT NULL,
    "request_id" UUID,
    "bulk_id" UUID,
    "reason" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "decision_status" NOT NULL DEFAULT 'open',
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "note" TEXT,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "decisions_take_two" CHECK ("decided_by" <> "asked_by"),
    CONSTRAINT "decisions_decided" CHECK (("status" IN ('approved', 'refused')) = ("decided_by" IS NOT NULL)),
    CONSTRAINT "decisions_ended" CHECK (("status" = 'open') = ("decided_at" IS NULL)),
    CONSTRAINT "decisions_about" CHECK (
        ("kind" = 'overwrite' AND "request_id" IS NOT NULL AND "bulk_id" IS NULL)
        OR ("kind" = 'bulk-approve' AND "bulk_id" IS NOT NULL AND "request_id" IS NULL)
    )
);

-- The same form sent twice begins one.
CREATE UNIQUE INDEX "bulk_approvals_asked_by_asking_key_key" ON "bulk_approvals"("asked_by", "asking_key");
CREATE INDEX "bulk_approvals_carrier_id_id_idx" ON "bulk_approvals"("carrier_id", "id");
CREATE UNIQUE INDEX "decisions_bulk_id_key" ON "decisions"("bulk_id");
-- One question about a request is open at a time.
CREATE UNIQUE INDEX "decisions_one_open" ON "decisions"("request_id") WHERE "status" = 'open';
CREATE INDEX "decisions_request_id_idx" ON "decisions"("request_id");
CREATE INDEX "decisions_carrier_id_id_idx" ON "decisions"("carrier_id", "id");

ALTER TABLE "decisions" ADD CONSTRAINT "decisions_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_approvals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What covers every carrier is the installation's own people's.
SELECT "wall_by_carrier"('bulk_approvals');
SELECT "wall_by_carrier"('decisions');
