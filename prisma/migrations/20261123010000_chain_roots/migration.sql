-- Chains are read in the order of their subjects' bytes, whatever order the database's language would put them in: the
-- published tree has the same order everywhere.
ALTER TABLE "events" ALTER COLUMN "subject" TYPE TEXT COLLATE "C";

-- The Merkle roots over all chains' heads, as they were published.
CREATE TABLE "chain_roots" (
    "number" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "file" TEXT NOT NULL,
    CONSTRAINT "chain_roots_pkey" PRIMARY KEY ("number")
);
CREATE UNIQUE INDEX "chain_roots_day_key" ON "chain_roots"("day");

-- A head that is new or has grown since the root before. All heads of a root are the newest of each subject up to it.
CREATE TABLE "chain_root_heads" (
    "subject" TEXT COLLATE "C" NOT NULL,
    "root_number" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,
    CONSTRAINT "chain_root_heads_pkey" PRIMARY KEY ("subject", "root_number")
);

-- One root to one auditor, once.
CREATE TABLE "chain_root_mails" (
    "id" UUID NOT NULL,
    "root_number" INTEGER NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    CONSTRAINT "chain_root_mails_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "chain_root_mails_root_number_fkey" FOREIGN KEY ("root_number") REFERENCES "chain_roots"("number") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "chain_root_mails_root_number_staff_id_key" ON "chain_root_mails"("root_number", "staff_id");

CREATE TRIGGER "chain_roots_append_only" BEFORE UPDATE OR DELETE ON "chain_roots" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "chain_root_heads_append_only" BEFORE UPDATE OR DELETE ON "chain_root_heads" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE FUNCTION "refuse_truncate"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "events_never_emptied" BEFORE TRUNCATE ON "events" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();
CREATE TRIGGER "chain_roots_never_emptied" BEFORE TRUNCATE ON "chain_roots" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();
CREATE TRIGGER "chain_root_heads_never_emptied" BEFORE TRUNCATE ON "chain_root_heads" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_truncate"();

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'homeward_app') THEN
    REVOKE UPDATE, DELETE ON "chain_roots", "chain_root_heads" FROM homeward_app;
    REVOKE DELETE ON "chain_root_mails" FROM homeward_app;
  END IF;
END
$$;
