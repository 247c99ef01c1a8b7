-- Filing for people who cannot sign in, and splitting a request by category (docs/decisions/0041-on-behalf-and-split.md).
SELECT set_config('homeward.carrier', '*', false);

CREATE TYPE "identity_check_kind" AS ENUM ('in-shop', 'identity-document', 'account-pin', 'call-back', 'other');

-- How a carrier made sure who asked: of a ticket that somebody else than its subscriber opened.
CREATE TABLE "identity_checks" (
    "ticket_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "kind" "identity_check_kind" NOT NULL,
    "note" TEXT,
    "reference" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_role" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_checks_pkey" PRIMARY KEY ("ticket_id"),
    CONSTRAINT "identity_checks_other_said" CHECK ("kind" <> 'other' OR "note" IS NOT NULL),
    CONSTRAINT "identity_checks_made_before" CHECK ("made_at" <= "recorded_at")
);
CREATE INDEX "identity_checks_subscriber_id_idx" ON "identity_checks"("subscriber_id");
ALTER TABLE "identity_checks" ADD CONSTRAINT "identity_checks_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What somebody vouched for is not changed afterwards: it goes with its person, or stays.
CREATE FUNCTION "identity_check_stays"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'What was recorded of an identity check does not change.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "identity_checks_stay" BEFORE UPDATE ON "identity_checks" FOR EACH ROW EXECUTE FUNCTION "identity_check_stays"();

-- The request that it was a part of.
ALTER TABLE "restore_requests" ADD COLUMN "split_from_id" UUID;
CREATE INDEX "restore_requests_split_from_id_idx" ON "restore_requests"("split_from_id");
ALTER TABLE "restore_requests" ADD CONSTRAINT "restore_requests_split_from_id_fkey" FOREIGN KEY ("split_from_id") REFERENCES "restore_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT "wall_by_carrier"('identity_checks');
