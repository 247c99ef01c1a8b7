-- How triage goes, counted by the hour (docs/decisions/0037-figures.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TYPE "figure" AS ENUM ('arrived', 'approved', 'declined', 'restored', 'waiting');
CREATE TYPE "figure_slice" AS ENUM ('all', 'kind', 'category', 'reason', 'person', 'age', 'took');

CREATE TABLE "triage_hours" (
    "carrier_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "figure" "figure" NOT NULL,
    "slice" "figure_slice" NOT NULL,
    "of" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "seconds" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "triage_hours_pkey" PRIMARY KEY ("carrier_id", "hour", "figure", "slice", "of"),
    CONSTRAINT "triage_hours_whole" CHECK (date_trunc('hour', "hour", 'UTC') = "hour")
);

CREATE INDEX "triage_hours_hour_idx" ON "triage_hours"("hour");

-- One row: up to when was counted.
CREATE TABLE "triage_counted" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "triage_counted_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "triage_counted_one" CHECK ("id" = 1)
);

-- What an hour is counted from: rows that were opened follow each other in the table, what was decided and finished does not.
CREATE INDEX "tickets_opened_at_idx" ON "tickets" USING BRIN ("opened_at");
CREATE INDEX "restore_requests_decided_at_idx" ON "restore_requests"("decided_at");
CREATE INDEX "restore_requests_finished_at_idx" ON "restore_requests"("finished_at");

SELECT "wall_by_carrier"('triage_hours');
