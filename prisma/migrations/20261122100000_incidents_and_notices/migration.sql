-- CreateEnum
CREATE TYPE "incident_kind" AS ENUM ('incident', 'maintenance');

-- CreateEnum
CREATE TYPE "impact" AS ENUM ('none', 'minor', 'major', 'critical', 'maintenance');

-- CreateEnum
CREATE TYPE "component_status" AS ENUM ('operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance');

-- CreateEnum
CREATE TYPE "promise_kind" AS ENUM ('next_update', 'category_back', 'other');

-- CreateEnum
CREATE TYPE "promise_status" AS ENUM ('pending', 'kept', 'missed');

-- CreateEnum
CREATE TYPE "wave_status" AS ENUM ('not_scheduled', 'validating', 'scheduled', 'releasing', 'released', 'paused', 'not_recoverable');

-- CreateEnum
CREATE TYPE "notice_status" AS ENUM ('draft', 'submitted', 'approved', 'scheduled', 'published', 'corrected', 'withdrawn');

-- CreateEnum
CREATE TYPE "channel" AS ENUM ('mail', 'sms', 'push', 'webhook');

-- CreateEnum
CREATE TYPE "broadcast_status" AS ENUM ('spreading', 'sending', 'done', 'stopped');

-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('pending', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'suppressed');

-- CreateEnum
CREATE TYPE "subscription_status" AS ENUM ('unconfirmed', 'active', 'disabled', 'ended');

-- CreateEnum
CREATE TYPE "loss_category" AS ENUM ('unknown', 'nothing', 'partly', 'significant');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "incident_status" ADD VALUE 'scheduled';
ALTER TYPE "incident_status" ADD VALUE 'in_progress';
ALTER TYPE "incident_status" ADD VALUE 'verifying';
ALTER TYPE "incident_status" ADD VALUE 'completed';

-- AlterTable
ALTER TABLE "subscribers" ADD COLUMN     "device_model" TEXT,
ADD COLUMN     "region" TEXT;

-- AlterTable
ALTER TABLE "incidents" ADD COLUMN     "ends_by_hand" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "impact_override" "impact",
ADD COLUMN     "impact_reason" TEXT,
ADD COLUMN     "kind" "incident_kind" NOT NULL DEFAULT 'incident',
ADD COLUMN     "monitoring_at" TIMESTAMPTZ(3),
ADD COLUMN     "number" SERIAL NOT NULL,
ADD COLUMN     "resolved_at" TIMESTAMPTZ(3),
ADD COLUMN     "scheduled_for" TIMESTAMPTZ(3),
ADD COLUMN     "scheduled_until" TIMESTAMPTZ(3),
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "incident_updates" ADD COLUMN     "author_id" UUID,
ADD COLUMN     "backfilled" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "components" JSONB,
ADD COLUMN     "corrects" INTEGER,
ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "reason_en" TEXT,
ADD COLUMN     "reason_fr" TEXT,
ADD COLUMN     "told" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "status_page" (
    "id" UUID NOT NULL,
    "single" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL DEFAULT 'Homeward',
    "indicator_override" "impact",
    "override_reason" TEXT,
    "override_at" TIMESTAMPTZ(3),
    "generation" INTEGER NOT NULL DEFAULT 0,
    "published_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "status_page_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "components" (
    "id" UUID NOT NULL,
    "group_id" UUID,
    "is_group" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,
    "name_en" TEXT NOT NULL,
    "name_fr" TEXT NOT NULL,
    "description_en" TEXT,
    "description_fr" TEXT,
    "showcase" BOOLEAN NOT NULL DEFAULT true,
    "only_show_if_degraded" BOOLEAN NOT NULL DEFAULT false,
    "start_date" DATE,
    "status_override" "component_status",
    "override_reason" TEXT,
    "override_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "components_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_components" (
    "incident_id" UUID NOT NULL,
    "component_id" UUID NOT NULL,
    "status" "component_status" NOT NULL,

    CONSTRAINT "incident_components_pkey" PRIMARY KEY ("incident_id","component_id")
);

-- CreateTable
CREATE TABLE "promises" (
    "id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "kind" "promise_kind" NOT NULL,
    "made_by" INTEGER NOT NULL,
    "category" "category",
    "text_en" TEXT,
    "text_fr" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "promise_status" NOT NULL DEFAULT 'pending',
    "settled_at" TIMESTAMPTZ(3),
    "settled_by" INTEGER,
    "kept_late_at" TIMESTAMPTZ(3),
    "alarm_level" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "promises_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promise_alarms" (
    "id" UUID NOT NULL,
    "promise_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "promise_alarms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waves" (
    "incident_id" UUID NOT NULL,
    "category" "category" NOT NULL,
    "status" "wave_status" NOT NULL DEFAULT 'not_scheduled',
    "scheduled_for" TIMESTAMPTZ(3),
    "note_en" TEXT,
    "note_fr" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waves_pkey" PRIMARY KEY ("incident_id","category")
);

-- CreateTable
CREATE TABLE "incident_counts" (
    "incident_id" UUID NOT NULL,
    "counts" JSONB NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "incident_counts_pkey" PRIMARY KEY ("incident_id")
);

-- CreateTable
CREATE TABLE "advice_versions" (
    "id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "carrier_id" UUID,
    "device_model" TEXT,
    "version" INTEGER NOT NULL,
    "do_en" TEXT[],
    "do_fr" TEXT[],
    "do_not_en" TEXT[],
    "do_not_fr" TEXT[],
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "author_id" UUID,

    CONSTRAINT "advice_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "advice_shown" (
    "advice_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "carrier_id" UUID NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "advice_shown_pkey" PRIMARY KEY ("advice_id","subscriber_id","place")
);

-- CreateTable
CREATE TABLE "postmortem_versions" (
    "incident_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "body_en" TEXT NOT NULL,
    "body_fr" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "author_id" UUID,

    CONSTRAINT "postmortem_versions_pkey" PRIMARY KEY ("incident_id","version")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "incident_id" UUID,
    "status" "notice_status" NOT NULL DEFAULT 'draft',
    "title_en" TEXT NOT NULL DEFAULT '',
    "title_fr" TEXT NOT NULL DEFAULT '',
    "body_en" TEXT NOT NULL DEFAULT '',
    "body_fr" TEXT NOT NULL DEFAULT '',
    "sms_en" TEXT NOT NULL DEFAULT '',
    "sms_fr" TEXT NOT NULL DEFAULT '',
    "one_language" BOOLEAN NOT NULL DEFAULT false,
    "audience" JSONB NOT NULL,
    "channels" "channel"[],
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_by" UUID NOT NULL,
    "submitted_by" UUID,
    "submitted_at" TIMESTAMPTZ(3),
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "return_reason" TEXT,
    "scheduled_for" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason_en" TEXT,
    "end_reason_fr" TEXT,
    "corrects_id" UUID,
    "audience_size" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_templates" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "name" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "title_fr" TEXT NOT NULL,
    "body_en" TEXT NOT NULL,
    "body_fr" TEXT NOT NULL,
    "sms_en" TEXT NOT NULL DEFAULT '',
    "sms_fr" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscriptions" (
    "id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "address" BYTEA NOT NULL,
    "address_key" BYTEA NOT NULL,
    "language" "language" NOT NULL DEFAULT 'en',
    "status" "subscription_status" NOT NULL DEFAULT 'unconfirmed',
    "everything" BOOLEAN NOT NULL DEFAULT true,
    "confirm_hash" BYTEA,
    "confirm_until" TIMESTAMPTZ(3),
    "secret" BYTEA,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription_topics" (
    "subscription_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "target_id" UUID NOT NULL,

    CONSTRAINT "subscription_topics_pkey" PRIMARY KEY ("subscription_id","kind","target_id")
);

-- CreateTable
CREATE TABLE "suppressions" (
    "id" UUID NOT NULL,
    "channel" "channel" NOT NULL,
    "address_key" BYTEA NOT NULL,
    "carrier_id" UUID,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suppressions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "broadcasts" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "carrier_id" UUID,
    "incident_id" UUID,
    "update_id" UUID,
    "notice_id" UUID,
    "content_digest" BYTEA NOT NULL,
    "status" "broadcast_status" NOT NULL DEFAULT 'spreading',
    "cursor" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "spread_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "broadcasts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" BIGSERIAL NOT NULL,
    "broadcast_id" UUID NOT NULL,
    "carrier_id" UUID,
    "channel" "channel" NOT NULL,
    "recipient_key" BYTEA NOT NULL,
    "subscriber_id" UUID,
    "subscription_id" UUID,
    "language" "language" NOT NULL,
    "status" "delivery_status" NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimed_at" TIMESTAMPTZ(3),
    "provider_id" TEXT,
    "advice_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_paces" (
    "provider" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "provider_paces_pkey" PRIMARY KEY ("provider")
);

-- CreateIndex
CREATE UNIQUE INDEX "status_page_single_key" ON "status_page"("single");

-- CreateIndex
CREATE INDEX "components_position_idx" ON "components"("position");

-- CreateIndex
CREATE INDEX "incident_components_component_id_idx" ON "incident_components"("component_id");

-- CreateIndex
CREATE INDEX "promises_incident_id_due_at_idx" ON "promises"("incident_id", "due_at");

-- CreateIndex
CREATE INDEX "promises_status_due_at_idx" ON "promises"("status", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "promise_alarms_promise_id_staff_id_level_key" ON "promise_alarms"("promise_id", "staff_id", "level");

-- CreateIndex
CREATE INDEX "advice_versions_incident_id_published_at_idx" ON "advice_versions"("incident_id", "published_at");

-- CreateIndex
CREATE INDEX "advice_shown_subscriber_id_idx" ON "advice_shown"("subscriber_id");

-- CreateIndex
CREATE UNIQUE INDEX "notices_number_key" ON "notices"("number");

-- CreateIndex
CREATE INDEX "notices_carrier_id_status_edited_at_idx" ON "notices"("carrier_id", "status", "edited_at");

-- CreateIndex
CREATE INDEX "notices_status_published_at_idx" ON "notices"("status", "published_at");

-- CreateIndex
CREATE INDEX "notice_templates_carrier_id_idx" ON "notice_templates"("carrier_id");

-- CreateIndex
CREATE INDEX "subscriptions_status_id_idx" ON "subscriptions"("status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "subscriptions_channel_address_key_key" ON "subscriptions"("channel", "address_key");

-- CreateIndex
CREATE INDEX "subscription_topics_target_id_idx" ON "subscription_topics"("target_id");

-- CreateIndex
CREATE INDEX "suppressions_channel_address_key_idx" ON "suppressions"("channel", "address_key");

-- CreateIndex
CREATE INDEX "broadcasts_status_idx" ON "broadcasts"("status");

-- CreateIndex
CREATE INDEX "broadcasts_notice_id_idx" ON "broadcasts"("notice_id");

-- CreateIndex
CREATE INDEX "broadcasts_incident_id_idx" ON "broadcasts"("incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_broadcast_id_recipient_key_channel_key" ON "deliveries"("broadcast_id", "recipient_key", "channel");

-- CreateIndex
CREATE INDEX "subscribers_carrier_id_id_idx" ON "subscribers"("carrier_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "incidents_number_key" ON "incidents"("number");

-- CreateIndex
CREATE INDEX "incidents_status_idx" ON "incidents"("status");

-- CreateIndex
CREATE INDEX "incidents_started_at_idx" ON "incidents"("started_at");

-- CreateIndex
CREATE INDEX "incident_updates_published_at_idx" ON "incident_updates"("published_at");

-- AddForeignKey
ALTER TABLE "components" ADD CONSTRAINT "components_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "components"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_components" ADD CONSTRAINT "incident_components_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_components" ADD CONSTRAINT "incident_components_component_id_fkey" FOREIGN KEY ("component_id") REFERENCES "components"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promises" ADD CONSTRAINT "promises_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promise_alarms" ADD CONSTRAINT "promise_alarms_promise_id_fkey" FOREIGN KEY ("promise_id") REFERENCES "promises"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waves" ADD CONSTRAINT "waves_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_counts" ADD CONSTRAINT "incident_counts_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "advice_versions" ADD CONSTRAINT "advice_versions_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "advice_versions" ADD CONSTRAINT "advice_versions_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postmortem_versions" ADD CONSTRAINT "postmortem_versions_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "notices"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_topics" ADD CONSTRAINT "subscription_topics_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcasts"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- CreateTable
CREATE TABLE "kept_forms" (
    "id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kept_forms_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "kept_forms_created_at_idx" ON "kept_forms"("created_at");

-- One line of versions for each scope; a scope without a carrier or a model is one too.
CREATE UNIQUE INDEX "advice_versions_scope_version_key" ON "advice_versions" ("incident_id", coalesce("carrier_id"::text, ''), coalesce("device_model", ''), "version");

CREATE UNIQUE INDEX "suppressions_address_key" ON "suppressions" ("channel", "address_key", coalesce("carrier_id"::text, ''));

-- What is still to be sent, and what somebody has in hand; what is settled costs nothing here.
CREATE INDEX "deliveries_pending_idx" ON "deliveries" ("broadcast_id", "channel", "not_before", "id") WHERE "status" = 'pending';
CREATE INDEX "deliveries_sending_idx" ON "deliveries" ("broadcast_id", "channel", "claimed_at") WHERE "status" = 'sending';
CREATE INDEX "deliveries_troubled_idx" ON "deliveries" ("broadcast_id", "id") WHERE "status" IN ('bounced', 'failed');
CREATE INDEX "deliveries_provider_idx" ON "deliveries" ("provider_id") WHERE "provider_id" IS NOT NULL;
CREATE INDEX "deliveries_subscriber_idx" ON "deliveries" ("subscriber_id") WHERE "subscriber_id" IS NOT NULL;
CREATE INDEX "deliveries_subscription_idx" ON "deliveries" ("subscription_id") WHERE "subscription_id" IS NOT NULL;

-- One promise of a next update at a time.
CREATE UNIQUE INDEX "promises_next_update_pending" ON "promises" ("incident_id") WHERE "kind" = 'next_update' AND "status" = 'pending';

-- Statements are never edited nor taken away.
CREATE TRIGGER "advice_versions_append_only" BEFORE UPDATE OR DELETE ON "advice_versions" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "postmortem_versions_append_only" BEFORE UPDATE OR DELETE ON "postmortem_versions" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- How much of theirs each subscriber has lost for good, as far as is known now: by the newest usable holding of each
-- category. significant: in one category less than half of what was known is readable. partly: anything is missing or
-- hurt. nothing: all that was known is there, whole. unknown: nothing was counted before the incident, or nothing came.
CREATE VIEW "subscriber_losses" AS
SELECT s."id" AS "subscriber_id", s."carrier_id",
  (CASE
    WHEN bool_or(h."expected" > 0 AND (h."complete" + h."partial") * 2 < h."expected") THEN 'significant'
    WHEN bool_or(h."partial" > 0 OR h."damaged" > 0 OR h."expected" > h."complete" + h."partial") THEN 'partly'
    WHEN count(h."category") = 0 OR bool_or(h."expected" IS NULL) THEN 'unknown'
    ELSE 'nothing'
  END)::"loss_category" AS "loss"
FROM "subscribers" s
LEFT JOIN LATERAL (
  SELECT DISTINCT ON (o."category") o."category", o."expected", o."complete", o."partial", o."damaged"
  FROM "holdings" o JOIN "recovery_batches" b ON b."id" = o."batch_id"
  WHERE o."subscriber_id" = s."id" AND b."status" IN ('accepted', 'released')
  ORDER BY o."category", o."as_of" DESC, o."id" DESC
) h ON true
GROUP BY s."id";

INSERT INTO "status_page" ("id") VALUES (gen_random_uuid());

-- Incidents that were told of before have no components yet, and their categories are where nobody has said more.
INSERT INTO "waves" ("incident_id", "category")
SELECT i."id", c FROM "incidents" i CROSS JOIN unnest(enum_range(NULL::"category")) c;
