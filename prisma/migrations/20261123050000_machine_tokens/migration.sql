-- CreateTable
CREATE TABLE "machine_tokens" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "hash" BYTEA NOT NULL,
    "previous_hash" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rotated_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "machine_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "machine_tokens_hash_key" ON "machine_tokens"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "machine_tokens_previous_hash_key" ON "machine_tokens"("previous_hash");

-- AddForeignKey
ALTER TABLE "machine_tokens" ADD CONSTRAINT "machine_tokens_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "machine_tokens" ADD CONSTRAINT "machine_tokens_name" CHECK (char_length("name") BETWEEN 1 AND 100);
-- Only digests are ever kept, and the one before the last never without its end.
ALTER TABLE "machine_tokens" ADD CONSTRAINT "machine_tokens_digests" CHECK (octet_length("hash") = 32 AND ("previous_hash" IS NULL OR octet_length("previous_hash") = 32));
ALTER TABLE "machine_tokens" ADD CONSTRAINT "machine_tokens_previous_ends" CHECK (("previous_hash" IS NULL) = ("previous_until" IS NULL));

SELECT "wall_by_carrier"('machine_tokens');
