-- What tickets are listed and found by (docs/decisions/0038-queue.md).
SELECT set_config('homeward.carrier', '*', false);

-- One row for each thing that a ticket can be listed by: "kind:restore", "language:fr", "tag:vip". All carry the ticket's place
-- in the queue, so that any of them gives a page of the queue by one range of one index.
CREATE TABLE "queue_keys" (
    "ticket_id" UUID NOT NULL,
    "carrier_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "waits_since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_keys_pkey" PRIMARY KEY ("ticket_id", "key"),
    CONSTRAINT "queue_keys_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Texts, ids and times only: under row-level security an index serves no comparison that might leak.
CREATE INDEX "queue_keys_place_idx" ON "queue_keys"("carrier_id", "status", "key", "waits_since", "ticket_id");

-- A new way to list tickets is one line more here, and one in domain/triage/queue-filter.ts: the clocks of service levels too.
-- What was lost is told of what the request asks for, in the words of subscriber_losses: what is taken in later changes no ticket.
CREATE FUNCTION "queue_keys_of"("t" "tickets") RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  keys text[] := ARRAY['all', 'kind:' || t.kind, 'priority:' || t.priority];
  asked uuid := coalesce(t.request_id, t.about_request_id);
  state text := CASE t.status WHEN 'open' THEN 'asked' WHEN 'pending' THEN 'answered' ELSE 'closed' END;
  reason text;
  word text;
  parts text[];
BEGIN
  keys := keys || CASE WHEN t.taken_by IS NULL THEN ARRAY['taken:nobody'] ELSE ARRAY['taken:somebody', 'taken:' || t.taken_by] END;
  SELECT array_agg('tag:' || tag) INTO parts FROM unnest(t.tags) tag;
  keys := keys || parts;
  SELECT s.language::text INTO word FROM subscribers s WHERE s.id = t.subscriber_id;
  keys := keys || ('language:' || word);
  IF t.request_id IS NOT NULL THEN
    SELECT r.status::text, r.wait_reason INTO state, reason FROM restore_requests r WHERE r.id = t.request_id;
    IF state IN ('waiting', 'held') AND reason IS NOT NULL THEN keys := keys || ('hold:' || reason); END IF;
    IF state = 'filed' AND EXISTS (SELECT FROM request_approvals a WHERE a.request_id = t.request_id) THEN
      keys := keys || 'approval:second'::text;
    END IF;
  END IF;
  keys := keys || ('state:' || state);
  word := 'unknown';
  IF asked IS NOT NULL THEN
    SELECT array_agg('category:' || h.category) || array_agg('batch:' || h.batch_id) FILTER (WHERE h.batch_id IS NOT NULL),
      CASE
        WHEN bool_or(h.newest AND h.expected > 0 AND (h.complete + h.partial) * 2 < h.expected) THEN 'significant'
        WHEN bool_or(h.newest AND (h.partial > 0 OR h.damaged > 0 OR h.expected > h.complete + h.partial)) THEN 'partly'
        WHEN count(h.batch_id) = 0 OR bool_or(h.newest AND h.expected IS NULL) THEN 'unknown'
        ELSE 'nothing'
      END
    INTO parts, word FROM (
      SELECT i.category, o.batch_id, o.expected, o.complete, o.partial, o.damaged,
        row_number() OVER (PARTITION BY i.category ORDER BY o.as_of DESC NULLS LAST, o.id DESC) = 1 AS newest
      -- OFFSET 0: looked up one by one, whatever is thought of how many there are.
      FROM request_items i LEFT JOIN LATERAL (SELECT * FROM holdings one WHERE one.id = i.holding_id OFFSET 0) o ON true
      WHERE i.request_id = asked
    ) h;
    keys := keys || parts;
  END IF;
  RETURN ARRAY(SELECT DISTINCT key FROM unnest(keys || ('loss:' || word)) key WHERE key IS NOT NULL);
END
$$;

CREATE FUNCTION "queue_ticket"("asked" uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t tickets;
  wanted text[];
BEGIN
  -- Whoever changes the same ticket from another side waits here, so that none writes what the other has just made untrue.
  SELECT * INTO t FROM tickets WHERE id = asked FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  wanted := queue_keys_of(t);
  DELETE FROM queue_keys WHERE ticket_id = asked AND key <> ALL (wanted);
  INSERT INTO queue_keys AS k (ticket_id, carrier_id, status, key, waits_since)
    SELECT t.id, t.carrier_id, t.status::text, key, t.waits_since FROM unnest(wanted) key
  ON CONFLICT (ticket_id, key) DO UPDATE SET status = EXCLUDED.status, waits_since = EXCLUDED.waits_since
    WHERE k.status <> EXCLUDED.status OR k.waits_since <> EXCLUDED.waits_since;
END
$$;

CREATE FUNCTION "queue_by_ticket"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_ticket(NEW.id);
  RETURN NULL;
END
$$;
CREATE TRIGGER "queue_new_ticket" AFTER INSERT ON "tickets" FOR EACH ROW EXECUTE FUNCTION "queue_by_ticket"();
CREATE TRIGGER "queue_ticket" AFTER UPDATE ON "tickets" FOR EACH ROW
  WHEN ((OLD."status", OLD."waits_since", OLD."kind", OLD."priority", OLD."tags", OLD."request_id", OLD."about_request_id", OLD."subscriber_id")
    IS DISTINCT FROM (NEW."status", NEW."waits_since", NEW."kind", NEW."priority", NEW."tags", NEW."request_id", NEW."about_request_id", NEW."subscriber_id"))
  EXECUTE FUNCTION "queue_by_ticket"();

-- Taking is what happens most, and changes nothing else.
CREATE FUNCTION "queue_by_taker"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM queue_keys WHERE ticket_id = NEW.id
    AND key IN ('taken:nobody', 'taken:somebody', 'taken:' || coalesce(OLD.taken_by::text, 'nobody'));
  INSERT INTO queue_keys (ticket_id, carrier_id, status, key, waits_since)
    SELECT NEW.id, NEW.carrier_id, NEW.status::text, key, NEW.waits_since
    FROM unnest(CASE WHEN NEW.taken_by IS NULL THEN ARRAY['taken:nobody'] ELSE ARRAY['taken:somebody', 'taken:' || NEW.taken_by] END) key;
  RETURN NULL;
END
$$;
CREATE TRIGGER "queue_taken" AFTER UPDATE ON "tickets" FOR EACH ROW
  WHEN (OLD."taken_by" IS DISTINCT FROM NEW."taken_by"
    AND (OLD."status", OLD."waits_since", OLD."kind", OLD."priority", OLD."tags", OLD."request_id", OLD."about_request_id", OLD."subscriber_id")
    IS NOT DISTINCT FROM (NEW."status", NEW."waits_since", NEW."kind", NEW."priority", NEW."tags", NEW."request_id", NEW."about_request_id", NEW."subscriber_id"))
  EXECUTE FUNCTION "queue_by_taker"();

CREATE FUNCTION "queue_by_request"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_ticket(t.id) FROM tickets t WHERE t.request_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER "queue_request" AFTER UPDATE ON "restore_requests" FOR EACH ROW
  WHEN ((OLD."status", OLD."wait_reason") IS DISTINCT FROM (NEW."status", NEW."wait_reason"))
  EXECUTE FUNCTION "queue_by_request"();

-- What a request asks for, and who has approved it.
CREATE FUNCTION "queue_by_part"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.request_id ELSE NEW.request_id END;
BEGIN
  PERFORM queue_ticket(t.id) FROM tickets t WHERE t.request_id = changed OR t.about_request_id = changed;
  RETURN NULL;
END
$$;
CREATE TRIGGER "queue_item" AFTER INSERT OR DELETE ON "request_items" FOR EACH ROW EXECUTE FUNCTION "queue_by_part"();
CREATE TRIGGER "queue_approval" AFTER INSERT OR DELETE ON "request_approvals" FOR EACH ROW EXECUTE FUNCTION "queue_by_part"();

CREATE FUNCTION "queue_by_subscriber"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_ticket(t.id) FROM tickets t WHERE t.subscriber_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER "queue_language" AFTER UPDATE ON "subscribers" FOR EACH ROW
  WHEN (OLD."language" IS DISTINCT FROM NEW."language") EXECUTE FUNCTION "queue_by_subscriber"();

INSERT INTO "queue_keys" ("ticket_id", "carrier_id", "status", "key", "waits_since")
SELECT t."id", t."carrier_id", t."status"::text, k, t."waits_since" FROM "tickets" t, unnest("queue_keys_of"(t)) k;

SELECT "wall_by_carrier"('queue_keys');

-- Views of the queue that people have kept: a filter, an order and a name.
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "carrier_id" UUID,
    "kept_by" UUID NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "newest_first" BOOLEAN NOT NULL DEFAULT false,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "saved_views_kept_by_fkey" FOREIGN KEY ("kept_by") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "saved_views_kept_by_name_key" ON "saved_views"("kept_by", "name");
CREATE INDEX "saved_views_carrier_id_idx" ON "saved_views"("carrier_id");
-- What the installation's leads share, carriers' people read.
SELECT "wall_by_carrier"('saved_views', 'readable');

-- What was said, where the application may not read it (docs/decisions/0025-row-level-security.md).
CREATE TABLE "search"."entries" (
  "entry_id" uuid PRIMARY KEY REFERENCES public."ticket_entries" ("id") ON DELETE CASCADE,
  "carrier_id" uuid NOT NULL,
  "ticket_id" uuid NOT NULL,
  "at" timestamptz(3) NOT NULL,
  "words" text NOT NULL
);

CREATE FUNCTION "search"."keep_entry"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.text = '' THEN
    DELETE FROM search.entries WHERE entry_id = NEW.id;
  ELSE
    INSERT INTO search.entries VALUES (NEW.id, NEW.carrier_id, NEW.ticket_id, NEW.at, search.folded(NEW.text))
    ON CONFLICT (entry_id) DO UPDATE SET carrier_id = EXCLUDED.carrier_id, ticket_id = EXCLUDED.ticket_id, at = EXCLUDED.at, words = EXCLUDED.words;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "keep_entry" AFTER INSERT OR UPDATE OF "carrier_id", "ticket_id", "at", "text" ON "ticket_entries"
  FOR EACH ROW EXECUTE FUNCTION "search"."keep_entry"();

INSERT INTO "search"."entries"
SELECT e.id, e.carrier_id, e.ticket_id, e.at, search.folded(e.text) FROM "ticket_entries" e WHERE e.text <> '';
CREATE INDEX "entries_words_idx" ON "search"."entries" USING gin ("words" gin_trgm_ops);
CREATE INDEX "entries_newest_idx" ON "search"."entries" ("carrier_id", "at" DESC);
CREATE INDEX "people_carrier_id_idx" ON "search"."people" ("carrier_id");

-- "words LIKE '%word%'" for each word of what was asked for; null where there is none. Written out: no index serves LIKE ALL.
CREATE FUNCTION "search"."condition_of"(asked text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_agg(format('words LIKE %L', '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'), ' AND ')
  FROM regexp_split_to_table(btrim(search.folded(asked), E' \t\n'), '\s+') word WHERE word <> ''
$$;

-- What is in every tenth of the first 1,000 is answered from them: an index over parts of words would gather it from all.
CREATE OR REPLACE FUNCTION "search_people"(asked text, whose uuid, most integer) RETURNS TABLE (subscriber_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  wanted text := search.folded(asked);
  condition text := search.condition_of(asked);
  seen uuid := CASE WHEN sees_every_carrier() THEN whose ELSE seen_carrier() END;
  within text := CASE WHEN seen IS NULL THEN 'true' ELSE format('carrier_id = %L', seen) END;
  found uuid[];
BEGIN
  IF condition IS NULL OR (seen IS NULL AND NOT sees_every_carrier()) OR (whose IS NOT NULL AND seen <> whose) THEN RETURN; END IF;
  EXECUTE format('SELECT array_agg(subscriber_id) FROM (SELECT * FROM search.people WHERE %s LIMIT 1000) p WHERE %s', within, condition)
    INTO found;
  IF coalesce(cardinality(found), 0) < 100 THEN
    EXECUTE format('SELECT array_agg(subscriber_id) FROM (SELECT subscriber_id FROM search.people WHERE %s AND %s LIMIT 1000) p', condition, within)
      INTO found;
  END IF;
  RETURN QUERY
    SELECT p.subscriber_id FROM search.people p WHERE p.subscriber_id = ANY (found)
    ORDER BY position(E'\n' || wanted IN E'\n' || p.words) = 0, public.word_similarity(wanted, p.words) DESC, p.subscriber_id
    LIMIT least(greatest(most, 0), 200);
END
$$;

-- Tickets in whose conversation one entry has each of the words, by the newest such entry. What is in every twentieth of the
-- newest 1,000 is answered from them.
CREATE FUNCTION "search_entries"(asked text, whose uuid, most integer) RETURNS TABLE (ticket_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  condition text := search.condition_of(asked);
  seen uuid := CASE WHEN sees_every_carrier() THEN whose ELSE seen_carrier() END;
  bound integer := least(greatest(most, 0), 200);
  found uuid[];
BEGIN
  IF condition IS NULL OR (seen IS NULL AND NOT sees_every_carrier()) OR (whose IS NOT NULL AND seen <> whose) THEN RETURN; END IF;
  EXECUTE format($q$
    SELECT array_agg(ticket_id ORDER BY at DESC, ticket_id) FROM (
      SELECT e.ticket_id, max(e.at) AS at FROM carriers c CROSS JOIN LATERAL (
        SELECT * FROM search.entries one WHERE one.carrier_id = c.id ORDER BY one.at DESC LIMIT 1000
      ) e WHERE ($1 IS NULL OR c.id = $1) AND %s GROUP BY e.ticket_id
    ) newest $q$, condition) INTO found USING seen;
  IF coalesce(cardinality(found), 0) < 50 THEN
    EXECUTE format($q$
      SELECT array_agg(ticket_id ORDER BY at DESC, ticket_id) FROM (
        SELECT ticket_id, max(at) AS at FROM (
          SELECT ticket_id, at FROM search.entries WHERE %s AND ($1 IS NULL OR carrier_id = $1) LIMIT 1000
        ) one GROUP BY ticket_id
      ) newest $q$, condition) INTO found USING seen;
  END IF;
  RETURN QUERY SELECT unnest(found[1:bound]);
END
$$;
REVOKE EXECUTE ON FUNCTION "search_entries"(text, uuid, integer) FROM PUBLIC;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'homeward_app') THEN
    GRANT EXECUTE ON FUNCTION "search_entries"(text, uuid, integer) TO homeward_app;
  END IF;
END
$$;
