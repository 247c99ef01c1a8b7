-- By when a ticket is to be answered, decided and restored (docs/decisions/0035-service-levels.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TYPE "service_clock" AS ENUM ('first-response', 'decision', 'restore');

-- Rows are never changed: who saves makes the next version.
CREATE TABLE "service_calendars" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "zone" TEXT NOT NULL,
    "week" JSONB NOT NULL,
    "holidays" TEXT[] NOT NULL DEFAULT '{}',
    "extra_days" JSONB NOT NULL DEFAULT '[]',
    "made_by" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_calendars_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "service_targets" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "priority" "ticket_priority" NOT NULL,
    "clock" "service_clock" NOT NULL,
    "minutes" INTEGER NOT NULL,
    "made_by" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_targets_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "service_targets_minutes" CHECK ("minutes" > 0)
);

CREATE TABLE "ticket_clocks" (
    "ticket_id" UUID NOT NULL,
    "clock" "service_clock" NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "calendar_id" UUID,
    "target_version" INTEGER,
    "minutes" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "running_since" TIMESTAMPTZ(3),
    "paused_since" TIMESTAMPTZ(3),
    "used_ms" BIGINT NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "met_at" TIMESTAMPTZ(3),
    "breached_at" TIMESTAMPTZ(3),
    "reckoned" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "ticket_clocks_pkey" PRIMARY KEY ("ticket_id", "clock"),
    -- It runs, stands, or has come to its end.
    CONSTRAINT "ticket_clocks_state" CHECK (num_nonnulls("running_since", "paused_since", "met_at") = 1)
);

CREATE UNIQUE INDEX "service_calendars_carrier_id_version_key" ON "service_calendars"("carrier_id", "version");
CREATE UNIQUE INDEX "service_targets_carrier_id_version_priority_clock_key" ON "service_targets"("carrier_id", "version", "priority", "clock");
CREATE INDEX "ticket_clocks_subscriber_id_idx" ON "ticket_clocks"("subscriber_id");
-- What is next to go over its target, for whoever works for all carriers and for one carrier's staff.
CREATE INDEX "ticket_clocks_next_idx" ON "ticket_clocks"("due_at", "ticket_id") WHERE "met_at" IS NULL AND "breached_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "ticket_clocks_next_of_carrier_idx" ON "ticket_clocks"("carrier_id", "due_at", "ticket_id") WHERE "met_at" IS NULL AND "breached_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "ticket_clocks_unreckoned_idx" ON "ticket_clocks"("ticket_id") WHERE NOT "reckoned";
CREATE INDEX "ticket_clocks_breached_idx" ON "ticket_clocks"("carrier_id", "breached_at") WHERE "breached_at" IS NOT NULL;

ALTER TABLE "service_calendars" ADD CONSTRAINT "service_calendars_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "service_targets" ADD CONSTRAINT "service_targets_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ticket_clocks" ADD CONSTRAINT "ticket_clocks_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ticket_clocks" ADD CONSTRAINT "ticket_clocks_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "service_calendars"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of a mail that tells leads what went over its target: in the quarter of an hour that begins then.
ALTER TABLE "staff_messages" ADD COLUMN "since" TIMESTAMPTZ(3);

-- What was filed before there were targets was promised nothing: its clocks begin now, with the defaults of
-- domain/triage/service-defaults.ts. When each is due the workers reckon, some at a time.
INSERT INTO "ticket_clocks" ("ticket_id", "clock", "carrier_id", "subscriber_id", "minutes", "started_at", "running_since", "reckoned")
SELECT t."id", c."clock", t."carrier_id", t."subscriber_id",
  (CASE t."priority"
    WHEN 'normal' THEN CASE c."clock" WHEN 'first-response' THEN 480 WHEN 'decision' THEN 960 ELSE 2400 END
    WHEN 'high' THEN CASE c."clock" WHEN 'first-response' THEN 240 WHEN 'decision' THEN 480 ELSE 1440 END
    ELSE CASE c."clock" WHEN 'first-response' THEN 60 WHEN 'decision' THEN 240 ELSE 480 END
  END),
  CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, false
FROM "tickets" t
LEFT JOIN "restore_requests" r ON r."id" = t."request_id"
CROSS JOIN (SELECT unnest(enum_range(NULL::"service_clock")) AS "clock") c
WHERE t."status" <> 'resolved'
  AND (c."clock" = 'restore') <= (t."kind" = 'restore')
  AND (c."clock" = 'restore' OR r."id" IS NULL OR r."status" = 'filed');

SELECT "wall_by_carrier"('service_calendars');
SELECT "wall_by_carrier"('service_targets');
SELECT "wall_by_carrier"('ticket_clocks');
