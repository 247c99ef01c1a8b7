-- Releasing a kind of data takes two people: one says what is to be said of it, another agrees.
ALTER TYPE "decision_kind" ADD VALUE 'wave-release';

-- What the wave is to become, and the version of it that was shown to whoever asked.
ALTER TABLE "decisions" ADD COLUMN "incident_id" UUID,
    ADD COLUMN "category" "category",
    ADD COLUMN "wave_version" INTEGER,
    ADD COLUMN "wave_status" "wave_status",
    ADD COLUMN "wave_note_en" TEXT,
    ADD COLUMN "wave_note_fr" TEXT;

-- Said as text: in this transaction the new value cannot be used yet.
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_about";
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_about" CHECK (
    ("kind"::text = 'overwrite' AND "request_id" IS NOT NULL AND "bulk_id" IS NULL AND "incident_id" IS NULL)
    OR ("kind"::text = 'bulk-approve' AND "bulk_id" IS NOT NULL AND "request_id" IS NULL AND "incident_id" IS NULL)
    OR ("kind"::text = 'wave-release' AND "incident_id" IS NOT NULL AND "request_id" IS NULL AND "bulk_id" IS NULL AND "carrier_id" IS NULL)
);
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_wave" CHECK (
    ("incident_id" IS NULL) = ("category" IS NULL)
    AND ("incident_id" IS NULL) = ("wave_version" IS NULL)
    AND ("incident_id" IS NULL) = ("wave_status" IS NULL)
    AND ("incident_id" IS NOT NULL OR "wave_note_en" IS NULL)
    AND ("wave_note_en" IS NULL) = ("wave_note_fr" IS NULL)
    AND ("wave_status" IS NULL OR "wave_status" IN ('releasing', 'released'))
);

-- One question about a wave is open at a time.
CREATE UNIQUE INDEX "decisions_one_open_wave" ON "decisions"("incident_id", "category") WHERE "status" = 'open';
CREATE INDEX "decisions_incident_id_category_idx" ON "decisions"("incident_id", "category");
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_incident_id_category_fkey" FOREIGN KEY ("incident_id", "category") REFERENCES "waves"("incident_id", "category") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Which question a mail to staff is about; null where it is about their ways in.
ALTER TABLE "staff_messages" ADD COLUMN "decision_id" UUID;
ALTER TABLE "staff_messages" ADD CONSTRAINT "staff_messages_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decisions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
