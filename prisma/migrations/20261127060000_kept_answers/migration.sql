-- What a program was answered, by the key it gave (docs/decisions/0036-machine-interface.md).
CREATE TABLE "kept_answers" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "token_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "subscriber_id" UUID,
    "status" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kept_answers_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "kept_answers_token_id_key_key" ON "kept_answers"("token_id", "key");
CREATE INDEX "kept_answers_answered_at_idx" ON "kept_answers"("answered_at");
CREATE INDEX "kept_answers_subscriber_id_idx" ON "kept_answers"("subscriber_id");
ALTER TABLE "kept_answers" ADD CONSTRAINT "kept_answers_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "machine_tokens"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A page of all of a carrier's, in the order in which they came.
CREATE INDEX "restore_requests_carrier_id_filed_at_id_idx" ON "restore_requests"("carrier_id", "filed_at", "id");
CREATE INDEX "restore_requests_filed_at_id_idx" ON "restore_requests"("filed_at", "id");
CREATE INDEX "tickets_carrier_id_opened_at_id_idx" ON "tickets"("carrier_id", "opened_at", "id");
CREATE INDEX "tickets_opened_at_id_idx" ON "tickets"("opened_at", "id");

SELECT "wall_by_carrier"('kept_answers');
