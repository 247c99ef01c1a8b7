-- Giving out work by language and carrier, and who has a ticket open (docs/decisions/0039-work-at-hand.md).
SELECT set_config('homeward.carrier', '*', false);

-- Empty: the person's own alone.
ALTER TABLE "staff"
    ADD COLUMN "languages" "language"[] NOT NULL DEFAULT '{}',
    ADD COLUMN "shortcuts" BOOLEAN NOT NULL DEFAULT true;

-- The subscriber's, kept here so that one index finds the next of a language.
ALTER TABLE "tickets" ADD COLUMN "language" "language" NOT NULL DEFAULT 'en';
UPDATE "tickets" t SET "language" = s."language" FROM "subscribers" s WHERE s."id" = t."subscriber_id" AND s."language" <> 'en';

CREATE FUNCTION "ticket_speaks"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.language := coalesce((SELECT s.language FROM public.subscribers s WHERE s.id = NEW.subscriber_id), NEW.language);
  RETURN NEW;
END
$$;
CREATE TRIGGER "ticket_speaks" BEFORE INSERT ON "tickets" FOR EACH ROW EXECUTE FUNCTION "ticket_speaks"();

CREATE FUNCTION "tickets_follow_language"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.tickets SET language = NEW.language WHERE subscriber_id = NEW.id AND language <> NEW.language;
  RETURN NULL;
END
$$;
CREATE TRIGGER "tickets_follow_language" AFTER UPDATE OF "language" ON "subscribers"
    FOR EACH ROW WHEN (OLD."language" <> NEW."language") EXECUTE FUNCTION "tickets_follow_language"();

DROP INDEX "tickets_next_idx";
DROP INDEX "tickets_next_of_carrier_idx";
CREATE INDEX "tickets_next_idx" ON "tickets"("language", "waits_since", "id") WHERE "status" = 'open' AND "taken_by" IS NULL;
CREATE INDEX "tickets_next_of_carrier_idx" ON "tickets"("carrier_id", "language", "waits_since", "id") WHERE "status" = 'open' AND "taken_by" IS NULL;

-- Whose turn it is among the carriers: nobody waits for a number, and one that is lost costs nothing.
CREATE SEQUENCE "ticket_turns" CYCLE;

-- Who has a ticket open. Not worth a log: after a crash whoever still looks says so again within half a minute.
CREATE UNLOGGED TABLE "ticket_presences" (
    "ticket_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "beats" BOOLEAN NOT NULL DEFAULT false,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_presences_pkey" PRIMARY KEY ("ticket_id", "staff_id")
);
CREATE INDEX "ticket_presences_staff_id_idx" ON "ticket_presences"("staff_id");
CREATE INDEX "ticket_presences_until_idx" ON "ticket_presences"("until");
ALTER TABLE "ticket_presences" ADD CONSTRAINT "ticket_presences_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ticket_presences" ADD CONSTRAINT "ticket_presences_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT "wall_by_carrier"('ticket_presences');
