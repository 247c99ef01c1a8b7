-- What intake found for an id that nobody has yet stays with the exception, so that it can be given to whoever is added later
-- without reading the bag again. Exceptions of earlier intakes hold nothing of it and stay as they are.
ALTER TABLE "batch_exceptions" ADD COLUMN "unknown_id" TEXT COLLATE "C";
ALTER TABLE "batch_exceptions" ADD COLUMN "found" JSONB;

-- Every look asks whether somebody has become known: it reads these rows only.
CREATE INDEX "batch_exceptions_unknown_id_idx" ON "batch_exceptions" ("batch_id", "unknown_id") WHERE "unknown_id" IS NOT NULL;
