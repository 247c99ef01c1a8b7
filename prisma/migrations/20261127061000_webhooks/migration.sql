-- Where programs are told what happens to requests and tickets, and what is still to be told (docs/decisions/0036-machine-interface.md).
CREATE TYPE "endpoint_form" AS ENUM ('homeward', 'tmf621');
CREATE TYPE "endpoint_status" AS ENUM ('active', 'disabled', 'ended');

CREATE TABLE "webhook_endpoints" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "token_id" UUID NOT NULL,
    "form" "endpoint_form" NOT NULL,
    "kinds" TEXT[] NOT NULL DEFAULT '{}',
    "address" BYTEA NOT NULL,
    "secret" BYTEA NOT NULL,
    "status" "endpoint_status" NOT NULL DEFAULT 'active',
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "resume_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "webhook_endpoints_token_id_idx" ON "webhook_endpoints"("token_id");
-- Asked with every change of a request or ticket: there are few.
CREATE INDEX "webhook_endpoints_active_idx" ON "webhook_endpoints"("carrier_id") WHERE "status" = 'active';
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "machine_tokens"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "carrier_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- What is still to be told, each subject's in order.
CREATE INDEX "webhook_deliveries_waiting_idx" ON "webhook_deliveries"("endpoint_id", "subject", "seq") WHERE "settled_at" IS NULL;
CREATE INDEX "webhook_deliveries_endpoint_id_subject_seq_idx" ON "webhook_deliveries"("endpoint_id", "subject", "seq");
CREATE INDEX "webhook_deliveries_settled_at_idx" ON "webhook_deliveries"("settled_at");
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Tickets that ended otherwise than by an answer.
CREATE TYPE "ticket_end" AS ENUM ('closed', 'cancelled');
ALTER TABLE "tickets" ADD COLUMN "ended_as" "ticket_end",
    ADD CONSTRAINT "tickets_ended_as" CHECK ("ended_as" IS NULL OR "status" = 'resolved');

-- A carrier's change is told to programs of the whole installation as well; addresses and secrets are sealed.
SELECT "wall_by_carrier"('webhook_endpoints', 'readable');
SELECT "wall_by_carrier"('webhook_deliveries');
