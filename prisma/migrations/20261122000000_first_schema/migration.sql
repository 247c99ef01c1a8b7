-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "category" AS ENUM ('contacts', 'calendar', 'tasks', 'notes', 'photos');

-- CreateEnum
CREATE TYPE "language" AS ENUM ('en', 'fr');

-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('support_agent', 'support_lead', 'carrier_author', 'carrier_approver', 'incident_manager', 'administrator', 'auditor');

-- CreateEnum
CREATE TYPE "incident_status" AS ENUM ('draft', 'investigating', 'identified', 'monitoring', 'resolved', 'postmortem');

-- CreateEnum
CREATE TYPE "batch_status" AS ENUM ('arriving', 'accepted', 'quarantined', 'withheld', 'released');

-- CreateEnum
CREATE TYPE "account_kind" AS ENUM ('dav', 'vdir');

-- CreateEnum
CREATE TYPE "account_status" AS ENUM ('ready', 'needs_password', 'full', 'unreachable', 'removed');

-- CreateEnum
CREATE TYPE "conflict_rule" AS ENUM ('keep-both', 'merge', 'keep-current');

-- CreateEnum
CREATE TYPE "request_status" AS ENUM ('filed', 'approved', 'declined', 'running', 'waiting', 'held', 'done', 'undone');

-- CreateEnum
CREATE TYPE "run_kind" AS ENUM ('restore', 'undo');

-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('queued', 'running', 'waiting', 'held', 'done', 'stopped');

-- CreateEnum
CREATE TYPE "run_step" AS ENUM ('check', 'target', 'snapshot', 'plan', 'push', 'verify', 'done');

-- CreateEnum
CREATE TYPE "task_status" AS ENUM ('waiting', 'queued', 'done', 'failed');

-- CreateTable
CREATE TABLE "carriers" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL DEFAULT 'US',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "carriers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscribers" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "name" TEXT,
    "email" TEXT NOT NULL,
    "phone" BYTEA,
    "phone_index" BYTEA,
    "language" "language" NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscribers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "staff_role" NOT NULL,
    "language" "language" NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" TIMESTAMPTZ(3),
    "name" TEXT,
    "image" TEXT,

    CONSTRAINT "sign_in_users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_sessions" (
    "id" UUID NOT NULL,
    "session_token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "proved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "subscriber_id" UUID,

    CONSTRAINT "sign_in_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_tokens" (
    "identifier" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL
);

-- CreateTable
CREATE TABLE "incidents" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "title_fr" TEXT NOT NULL,
    "status" "incident_status" NOT NULL DEFAULT 'draft',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incidents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_carriers" (
    "incident_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,

    CONSTRAINT "incident_carriers_pkey" PRIMARY KEY ("incident_id","carrier_id")
);

-- CreateTable
CREATE TABLE "incident_updates" (
    "id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "incident_status" NOT NULL,
    "body_en" TEXT NOT NULL,
    "body_fr" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "next_update_by" TIMESTAMPTZ(3),

    CONSTRAINT "incident_updates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_batches" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "incident_id" UUID,
    "carrier_id" UUID,
    "status" "batch_status" NOT NULL DEFAULT 'arriving',
    "as_of" TIMESTAMPTZ(3),
    "bagit_version" TEXT,
    "external_id" TEXT,
    "seen_octets" BIGINT,
    "seen_files" INTEGER,
    "seen_at" TIMESTAMPTZ(3),
    "findings" JSONB NOT NULL DEFAULT '[]',
    "checked_files" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch_exceptions" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "carrier_id" UUID,
    "path" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "batch_exceptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch_decisions" (
    "batch_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "use" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "batch_decisions_pkey" PRIMARY KEY ("batch_id","staff_id")
);

-- CreateTable
CREATE TABLE "holdings" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "category" "category" NOT NULL,
    "complete" INTEGER NOT NULL,
    "partial" INTEGER NOT NULL,
    "damaged" INTEGER NOT NULL,
    "expected" INTEGER,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "object_key" TEXT,
    "digest" TEXT,
    "octets" BIGINT NOT NULL DEFAULT 0,
    "missing" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "holdings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "device_accounts" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "kind" "account_kind" NOT NULL,
    "label" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "files_url" TEXT,
    "username" TEXT,
    "password" BYTEA,
    "host" TEXT NOT NULL,
    "status" "account_status" NOT NULL DEFAULT 'ready',
    "discovery" JSONB,
    "targets" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "device_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_leases" (
    "account_id" UUID NOT NULL,
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "run_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_leases_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "hosts" (
    "host" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3),
    "reason" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hosts_pkey" PRIMARY KEY ("host")
);

-- CreateTable
CREATE TABLE "restore_requests" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "status" "request_status" NOT NULL DEFAULT 'filed',
    "rule" "conflict_rule" NOT NULL,
    "filing_key" TEXT NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "decline_reason" TEXT,
    "decline_note" TEXT,
    "wait_reason" TEXT,
    "finished_at" TIMESTAMPTZ(3),
    "undo_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "restore_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_items" (
    "request_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "category" "category" NOT NULL,
    "holding_id" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "request_items_pkey" PRIMARY KEY ("request_id","holding_id")
);

-- CreateTable
CREATE TABLE "request_choices" (
    "request_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "holding_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "leave_out" BOOLEAN NOT NULL DEFAULT false,
    "rule" "conflict_rule",

    CONSTRAINT "request_choices_pkey" PRIMARY KEY ("request_id","holding_id","ordinal")
);

-- CreateTable
CREATE TABLE "runs" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" "run_kind" NOT NULL,
    "status" "run_status" NOT NULL DEFAULT 'queued',
    "wait_reason" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "looks_done" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "progress_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_categories" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "category" "category" NOT NULL,
    "step" "run_step" NOT NULL DEFAULT 'check',
    "trouble" TEXT,
    "collection_url" TEXT,
    "snapshot_key" TEXT,
    "plan_key" TEXT,
    "planned" INTEGER,
    "settled" INTEGER NOT NULL DEFAULT 0,
    "verified" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "expected" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outcome_chunks" (
    "run_id" UUID NOT NULL,
    "category" "category" NOT NULL,
    "from_ordinal" INTEGER NOT NULL,
    "carrier_id" UUID NOT NULL,
    "to_ordinal" INTEGER NOT NULL,
    "outcomes" JSONB NOT NULL,
    "committed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outcome_chunks_pkey" PRIMARY KEY ("run_id","category","from_ordinal")
);

-- CreateTable
CREATE TABLE "events" (
    "id" BIGSERIAL NOT NULL,
    "carrier_id" UUID,
    "subject" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "actor_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" TEXT NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" BIGSERIAL NOT NULL,
    "carrier_id" UUID,
    "job" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "once_key" TEXT,
    "host" TEXT,
    "status" "task_status" NOT NULL DEFAULT 'waiting',
    "again" BOOLEAN NOT NULL DEFAULT false,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "queued_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "request_id" UUID,
    "template" TEXT NOT NULL,
    "dedup_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_beats" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_beats_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "carriers_slug_key" ON "carriers"("slug");

-- CreateIndex
CREATE INDEX "subscribers_account_id_idx" ON "subscribers"("account_id");

-- CreateIndex
CREATE INDEX "subscribers_email_idx" ON "subscribers"("email");

-- CreateIndex
CREATE UNIQUE INDEX "subscribers_carrier_id_account_id_key" ON "subscribers"("carrier_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_email_key" ON "staff"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_users_email_key" ON "sign_in_users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_sessions_session_token_key" ON "sign_in_sessions"("session_token");

-- CreateIndex
CREATE INDEX "sign_in_sessions_user_id_idx" ON "sign_in_sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_tokens_token_key" ON "sign_in_tokens"("token");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_tokens_identifier_token_key" ON "sign_in_tokens"("identifier", "token");

-- CreateIndex
CREATE UNIQUE INDEX "incidents_slug_key" ON "incidents"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "incident_updates_incident_id_number_key" ON "incident_updates"("incident_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "recovery_batches_name_key" ON "recovery_batches"("name");

-- CreateIndex
CREATE INDEX "recovery_batches_status_idx" ON "recovery_batches"("status");

-- CreateIndex
CREATE UNIQUE INDEX "batch_exceptions_batch_id_path_reason_key" ON "batch_exceptions"("batch_id", "path", "reason");

-- CreateIndex
CREATE INDEX "holdings_subscriber_id_category_as_of_idx" ON "holdings"("subscriber_id", "category", "as_of");

-- CreateIndex
CREATE UNIQUE INDEX "holdings_batch_id_subscriber_id_category_key" ON "holdings"("batch_id", "subscriber_id", "category");

-- CreateIndex
CREATE INDEX "device_accounts_subscriber_id_idx" ON "device_accounts"("subscriber_id");

-- CreateIndex
CREATE UNIQUE INDEX "restore_requests_reference_key" ON "restore_requests"("reference");

-- CreateIndex
CREATE INDEX "restore_requests_status_filed_at_idx" ON "restore_requests"("status", "filed_at");

-- CreateIndex
CREATE INDEX "restore_requests_carrier_id_status_filed_at_idx" ON "restore_requests"("carrier_id", "status", "filed_at");

-- CreateIndex
CREATE INDEX "restore_requests_subscriber_id_filed_at_idx" ON "restore_requests"("subscriber_id", "filed_at");

-- CreateIndex
CREATE UNIQUE INDEX "restore_requests_subscriber_id_filing_key_key" ON "restore_requests"("subscriber_id", "filing_key");

-- CreateIndex
CREATE INDEX "runs_request_id_created_at_idx" ON "runs"("request_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "run_categories_run_id_category_key" ON "run_categories"("run_id", "category");

-- CreateIndex
CREATE INDEX "events_carrier_id_at_idx" ON "events"("carrier_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "events_subject_seq_key" ON "events"("subject", "seq");

-- CreateIndex
CREATE INDEX "tasks_status_run_at_idx" ON "tasks"("status", "run_at");

-- CreateIndex
CREATE UNIQUE INDEX "messages_dedup_key_key" ON "messages"("dedup_key");

-- AddForeignKey
ALTER TABLE "subscribers" ADD CONSTRAINT "subscribers_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_sessions" ADD CONSTRAINT "sign_in_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "sign_in_users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_carriers" ADD CONSTRAINT "incident_carriers_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_carriers" ADD CONSTRAINT "incident_carriers_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carriers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_updates" ADD CONSTRAINT "incident_updates_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_batches" ADD CONSTRAINT "recovery_batches_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_exceptions" ADD CONSTRAINT "batch_exceptions_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "recovery_batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_decisions" ADD CONSTRAINT "batch_decisions_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "recovery_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holdings" ADD CONSTRAINT "holdings_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "recovery_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holdings" ADD CONSTRAINT "holdings_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscribers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_accounts" ADD CONSTRAINT "device_accounts_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscribers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_leases" ADD CONSTRAINT "account_leases_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "device_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restore_requests" ADD CONSTRAINT "restore_requests_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscribers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restore_requests" ADD CONSTRAINT "restore_requests_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "device_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_items" ADD CONSTRAINT "request_items_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "restore_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_choices" ADD CONSTRAINT "request_choices_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "restore_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_categories" ADD CONSTRAINT "run_categories_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outcome_chunks" ADD CONSTRAINT "outcome_chunks_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema cannot say ----------------------------------------------------------------------------------

-- Account ids, batch names and keys are compared and ordered as exact bytes, whatever the database's locale.
ALTER TABLE "subscribers" ALTER COLUMN "account_id" TYPE TEXT COLLATE "C";
ALTER TABLE "recovery_batches" ALTER COLUMN "name" TYPE TEXT COLLATE "C";
ALTER TABLE "batch_exceptions" ALTER COLUMN "path" TYPE TEXT COLLATE "C";
ALTER TABLE "holdings" ALTER COLUMN "object_key" TYPE TEXT COLLATE "C";
CREATE INDEX "subscribers_email_folded_idx" ON "subscribers" (lower("email"));
CREATE INDEX "subscribers_phone_index_idx" ON "subscribers" ("phone_index");

-- One unfinished task per key; the dispatcher and the sweep read only unfinished rows.
CREATE UNIQUE INDEX "tasks_once_key_unfinished" ON "tasks" ("once_key") WHERE "status" IN ('waiting', 'queued');
CREATE INDEX "tasks_waiting_idx" ON "tasks" ("run_at", "id") WHERE "status" = 'waiting';
CREATE INDEX "tasks_queued_idx" ON "tasks" ("queued_at") WHERE "status" = 'queued';

-- One unfinished run per request.
CREATE UNIQUE INDEX "runs_unfinished_per_request" ON "runs" ("request_id") WHERE "status" NOT IN ('done', 'stopped');

ALTER TABLE "holdings" ADD CONSTRAINT "holdings_counts" CHECK ("complete" >= 0 AND "partial" >= 0 AND "damaged" >= 0 AND ("expected" IS NULL OR "expected" >= 0));
ALTER TABLE "outcome_chunks" ADD CONSTRAINT "outcome_chunks_span" CHECK ("to_ordinal" >= "from_ordinal" AND "to_ordinal" - "from_ordinal" < 100);
ALTER TABLE "restore_requests" ADD CONSTRAINT "restore_requests_declined_says_why" CHECK ("status" <> 'declined' OR "decline_reason" IS NOT NULL);

-- The timeline is evidence: rows are added, never changed.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "events_append_only" BEFORE UPDATE OR DELETE ON "events" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "incident_updates_append_only" BEFORE UPDATE OR DELETE ON "incident_updates" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- The application's role owns nothing; where it exists it gets what it needs and no more.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'homeward_app') THEN
    GRANT USAGE ON SCHEMA public TO homeward_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO homeward_app;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO homeward_app;
    REVOKE UPDATE, DELETE ON "events", "incident_updates" FROM homeward_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO homeward_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO homeward_app;
  END IF;
END
$$;
