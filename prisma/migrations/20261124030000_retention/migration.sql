-- Legal holds, what is thrown away when, and the erasure of a subscriber (docs/decisions/0030-retention-and-erasure.md).
CREATE TYPE "hold_scope" AS ENUM ('subscriber', 'carrier', 'incident');
CREATE TYPE "erasure_status" AS ENUM ('asked', 'approved', 'refused', 'withdrawn', 'running', 'done');

CREATE TABLE "legal_holds" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "scope" "hold_scope" NOT NULL,
    "subject_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "placed_by" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "end_asked_by" TEXT,
    "end_asked_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "legal_holds_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "legal_holds_carrier" CHECK (("scope" = 'incident') = ("carrier_id" IS NULL)),
    CONSTRAINT "legal_holds_end_takes_two" CHECK ("ended_at" IS NULL
        OR ("end_asked_by" IS NOT NULL AND "ended_by" IS NOT NULL AND "end_asked_by" <> "ended_by"))
);

CREATE TABLE "erasures" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "status" "erasure_status" NOT NULL DEFAULT 'asked',
    "source" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "begun_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "wait_reason" TEXT,
    "locator" BYTEA,
    "subjects" TEXT[] NOT NULL DEFAULT '{}',
    "counts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "erasures_source" CHECK ("source" IN ('own', 'staff')),
    CONSTRAINT "erasures_take_two" CHECK ("decided_by" IS NULL OR "decided_by" <> "asked_by"),
    CONSTRAINT "erasures_approved" CHECK ("status" NOT IN ('approved', 'running', 'done')
        OR ("decided_by" IS NOT NULL AND "due_at" >= "decided_at" + INTERVAL '7 days')),
    CONSTRAINT "erasures_locator" CHECK (("status" = 'running') = ("locator" IS NOT NULL)),
    CONSTRAINT "erasures_done" CHECK ("status" <> 'done' OR ("begun_at" IS NOT NULL AND "ended_at" IS NOT NULL))
);

-- Whose account id must not come back by a later bag: a keyed digest, and nothing by which anybody could be found.
CREATE TABLE "erased_accounts" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "account_key" BYTEA NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erased_accounts_pkey" PRIMARY KEY ("id")
);

-- One at a time takes something out of a bag.
CREATE TABLE "bag_leases" (
    "batch_id" UUID NOT NULL,
    "epoch" BIGINT NOT NULL DEFAULT 1,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bag_leases_pkey" PRIMARY KEY ("batch_id"),
    CONSTRAINT "bag_leases_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "recovery_batches"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "purges" (
    "day" DATE NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "purges_pkey" PRIMARY KEY ("day")
);

-- The same thing is held once under one reference.
CREATE UNIQUE INDEX "legal_holds_one_open" ON "legal_holds"("scope", "subject_id", "reference") WHERE "ended_at" IS NULL;
CREATE INDEX "legal_holds_subject_id_idx" ON "legal_holds"("subject_id");
CREATE INDEX "legal_holds_placed_at_idx" ON "legal_holds"("placed_at", "id");
-- Asked twice, there is one.
CREATE UNIQUE INDEX "erasures_one_open" ON "erasures"("subscriber_id") WHERE "status" IN ('asked', 'approved', 'running');
CREATE INDEX "erasures_subscriber_id_idx" ON "erasures"("subscriber_id");
CREATE INDEX "erasures_asked_at_idx" ON "erasures"("asked_at", "id");
CREATE UNIQUE INDEX "erased_accounts_account_key_key" ON "erased_accounts"("account_key");

SELECT "wall_by_carrier"('legal_holds');
SELECT "wall_by_carrier"('erasures');
SELECT "wall_by_carrier"('erased_accounts');

-- Looks at records stay for good, but for whom there is nobody any more: only while their erasure runs, and no other way.
CREATE FUNCTION "erase_content_views"(whose uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  gone integer;
BEGIN
  DELETE FROM public.content_views v WHERE v.subscriber_id = whose
    AND EXISTS (SELECT FROM public.erasures e WHERE e.subscriber_id = whose AND e.status = 'running');
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END
$$;
