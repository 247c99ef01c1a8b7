-- Who of the staff looked at what a subscriber's records say, and why: the subscriber reads it.
CREATE TABLE "content_views" (
    "id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "subscriber_id" UUID NOT NULL,
    "request_id" UUID,
    "holding_id" UUID NOT NULL,
    "category" "category" NOT NULL,
    "viewer_id" TEXT NOT NULL,
    "viewer_role" TEXT NOT NULL,
    "viewer_carrier_id" UUID,
    "reason" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "content_views_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "content_views_ends_soon" CHECK ("expires_at" > "opened_at" AND "expires_at" <= "opened_at" + interval '15 minutes')
);

-- A message to somebody who works here, about their own ways in: sent once.
CREATE TABLE "staff_messages" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "staff_id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "dedup_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_messages_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "content_views_subscriber_id_opened_at_idx" ON "content_views"("subscriber_id", "opened_at");
CREATE INDEX "content_views_carrier_id_opened_at_idx" ON "content_views"("carrier_id", "opened_at");
CREATE INDEX "content_views_opened_at_idx" ON "content_views"("opened_at");
CREATE UNIQUE INDEX "staff_messages_dedup_key_key" ON "staff_messages"("dedup_key");
CREATE INDEX "staff_messages_staff_id_idx" ON "staff_messages"("staff_id");

ALTER TABLE "content_views" ADD CONSTRAINT "content_views_subscriber_id_fkey" FOREIGN KEY ("subscriber_id") REFERENCES "subscribers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "staff_messages" ADD CONSTRAINT "staff_messages_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT "wall_by_carrier"('content_views');
SELECT "wall_by_carrier"('staff_messages');

-- Whoever looked cannot make it undone. Only the words of the reason may go: erasure takes them.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'homeward_app') THEN
    REVOKE UPDATE, DELETE ON "content_views" FROM homeward_app;
    GRANT UPDATE ("note") ON "content_views" TO homeward_app;
  END IF;
END
$$;
