CREATE TYPE "sign_in_method" AS ENUM ('mail', 'sms', 'passkey');
CREATE TYPE "passkey_device_type" AS ENUM ('singleDevice', 'multiDevice');
CREATE TYPE "recovery_status" AS ENUM ('asked', 'approved', 'refused');

-- A session says what opened it and whose it is. Those of before this migration were all opened by mail: none is a staff
-- member's any more.
ALTER TABLE "sign_in_sessions" ADD COLUMN "method" "sign_in_method" NOT NULL DEFAULT 'mail';
ALTER TABLE "sign_in_sessions" ADD COLUMN "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "sign_in_sessions" ADD COLUMN "browser" TEXT;
ALTER TABLE "sign_in_sessions" ADD COLUMN "staff_id" UUID;
-- Nothing is proved unless somebody says so.
ALTER TABLE "sign_in_sessions" ALTER COLUMN "proved_at" DROP NOT NULL;
ALTER TABLE "sign_in_sessions" ALTER COLUMN "proved_at" DROP DEFAULT;
ALTER TABLE "sign_in_sessions" ADD CONSTRAINT "sign_in_sessions_staff_by_passkey" CHECK ("staff_id" IS NULL OR ("method" = 'passkey' AND "subscriber_id" IS NULL));

CREATE TABLE "passkeys" (
    "id" UUID NOT NULL,
    "staff_id" UUID,
    "subscriber_id" UUID,
    "carrier_id" UUID,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "device_type" "passkey_device_type" NOT NULL,
    "backed_up" BOOLEAN NOT NULL,
    "is_software" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "passkeys_of_one_person" CHECK (("staff_id" IS NULL) <> ("subscriber_id" IS NULL)),
    CONSTRAINT "passkeys_counter" CHECK ("counter" >= 0),
    CONSTRAINT "passkeys_name" CHECK (char_length("name") BETWEEN 1 AND 60)
);

CREATE TABLE "passkey_challenges" (
    "hash" BYTEA NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "passkey_challenges_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "passkey_challenges_hash" CHECK (octet_length("hash") = 32)
);

CREATE TABLE "staff_invitations" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "carrier_id" UUID,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "staff_invitations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "staff_invitations_hash" CHECK (octet_length("token_hash") = 32)
);

CREATE TABLE "staff_recoveries" (
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "carrier_id" UUID,
    "status" "recovery_status" NOT NULL DEFAULT 'asked',
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    CONSTRAINT "staff_recoveries_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "staff_recoveries_decided" CHECK (("status" = 'asked') = ("decided_by" IS NULL) AND ("decided_by" IS NULL) = ("decided_at" IS NULL)),
    -- Two people, and neither is the one whose passkeys are given up.
    CONSTRAINT "staff_recoveries_by_two" CHECK ("status" <> 'approved' OR "decided_by" <> "asked_by"),
    CONSTRAINT "staff_recoveries_by_others" CHECK ("asked_by" <> "staff_id"::text AND ("status" <> 'approved' OR "decided_by" <> "staff_id"::text))
);

CREATE UNIQUE INDEX "passkeys_credential_id_key" ON "passkeys"("credential_id");
CREATE INDEX "passkeys_staff_id_idx" ON "passkeys"("staff_id");
CREATE INDEX "passkeys_subscriber_id_idx" ON "passkeys"("subscriber_id");
CREATE INDEX "passkey_challenges_expires_idx" ON "passkey_challenges"("expires");
CREATE UNIQUE INDEX "staff_invitations_token_hash_key" ON "staff_invitations"("token_hash");
CREATE INDEX "staff_invitations_staff_id_idx" ON "staff_invitations"("staff_id");
CREATE INDEX "staff_recoveries_staff_id_idx" ON "staff_recoveries"("staff_id");
-- One question at a time about one person.
CREATE UNIQUE INDEX "staff_recoveries_open_key" ON "staff_recoveries"("staff_id") WHERE "status" = 'asked';
CREATE INDEX "sign_in_sessions_staff_id_idx" ON "sign_in_sessions"("staff_id");
CREATE INDEX "sign_in_sessions_subscriber_id_idx" ON "sign_in_sessions"("subscriber_id");

ALTER TABLE "sign_in_sessions" ADD CONSTRAINT "sign_in_sessions_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscribers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "staff_invitations" ADD CONSTRAINT "staff_invitations_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "staff_recoveries" ADD CONSTRAINT "staff_recoveries_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT "wall_by_carrier"('passkeys');
SELECT "wall_by_carrier"('staff_invitations');
SELECT "wall_by_carrier"('staff_recoveries');
