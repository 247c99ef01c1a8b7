-- After the restore, and how it was (docs/decisions/0042-after-the-restore-and-compensation.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TYPE "restore_verdict" AS ENUM ('looks-right', 'missing');

-- One row a restore: that its subscriber was asked, and what they said.
CREATE TABLE "restore_answers" (
    "request_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "verdict" "restore_verdict",
    "answered_at" TIMESTAMPTZ(3),
    "ticket_id" UUID,

    CONSTRAINT "restore_answers_pkey" PRIMARY KEY ("request_id"),
    CONSTRAINT "restore_answers_something" CHECK ("asked_at" IS NOT NULL OR "verdict" IS NOT NULL),
    CONSTRAINT "restore_answers_answered" CHECK (("verdict" IS NULL) = ("answered_at" IS NULL)),
    -- What is missing is in a ticket.
    CONSTRAINT "restore_answers_ticket" CHECK (("verdict" = 'missing') IS TRUE = ("ticket_id" IS NOT NULL))
);
CREATE INDEX "restore_answers_subscriber_id_idx" ON "restore_answers"("subscriber_id");
CREATE INDEX "restore_answers_ticket_id_idx" ON "restore_answers"("ticket_id");
ALTER TABLE "restore_answers" ADD CONSTRAINT "restore_answers_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "restore_answers" ADD CONSTRAINT "restore_answers_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- How whoever asked found it, once for each ticket.
CREATE TABLE "ticket_ratings" (
    "ticket_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "score" SMALLINT NOT NULL,
    "comment" TEXT,
    "language" "language" NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3),

    CONSTRAINT "ticket_ratings_pkey" PRIMARY KEY ("ticket_id"),
    CONSTRAINT "ticket_ratings_score" CHECK ("score" BETWEEN 1 AND 5)
);
CREATE INDEX "ticket_ratings_subscriber_id_idx" ON "ticket_ratings"("subscriber_id");
CREATE INDEX "ticket_ratings_given_at_idx" ON "ticket_ratings"("given_at");
ALTER TABLE "ticket_ratings" ADD CONSTRAINT "ticket_ratings_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT "wall_by_carrier"('restore_answers');
SELECT "wall_by_carrier"('ticket_ratings');
