-- The queue lists tickets by how their targets stand, by their incident and its waves, and what was escalated.
SELECT set_config('homeward.carrier', '*', false);

CREATE OR REPLACE FUNCTION "queue_keys_of"("t" "tickets") RETURNS text[] LANGUAGE plpgsql STABLE AS $$
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
  IF t.incident_id IS NOT NULL THEN keys := keys || ('incident:' || t.incident_id); END IF;
  IF t.wave_category IS NOT NULL THEN keys := keys || ('wave:' || t.wave_category); END IF;
  IF t.escalated_at IS NOT NULL THEN keys := keys || 'escalation:open'::text; END IF;
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
  -- How its targets stand: one that was missed and is not met yet says more than one that is still ahead.
  SELECT CASE WHEN bool_or(c.breached_at IS NOT NULL) THEN 'over' WHEN bool_or(c.due_at IS NOT NULL) THEN 'due' ELSE 'paused' END
    INTO reason FROM ticket_clocks c WHERE c.ticket_id = t.id AND c.met_at IS NULL HAVING count(*) > 0;
  IF FOUND THEN keys := keys || ('sla:' || reason); END IF;
  RETURN ARRAY(SELECT DISTINCT key FROM unnest(keys || ('loss:' || word)) key WHERE key IS NOT NULL);
END
$$;

CREATE FUNCTION "queue_by_clock"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_ticket(ticket_id) FROM (SELECT DISTINCT ticket_id FROM changed ORDER BY ticket_id) one;
  RETURN NULL;
END
$$;
-- A ticket's clocks start together: its keys are made once.
CREATE TRIGGER "queue_clocks" AFTER INSERT ON "ticket_clocks" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "queue_by_clock"();

CREATE FUNCTION "queue_by_clock_moved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_ticket(NEW.ticket_id);
  RETURN NULL;
END
$$;
CREATE TRIGGER "queue_clock" AFTER UPDATE ON "ticket_clocks" FOR EACH ROW
  WHEN ((OLD."met_at" IS NULL, OLD."breached_at" IS NULL, OLD."due_at" IS NULL)
    IS DISTINCT FROM (NEW."met_at" IS NULL, NEW."breached_at" IS NULL, NEW."due_at" IS NULL))
  EXECUTE FUNCTION "queue_by_clock_moved"();

-- What changes a ticket's keys, and taking it alone, as in 20261127030000_queue with the columns that came since.
DROP TRIGGER "queue_ticket" ON "tickets";
CREATE TRIGGER "queue_ticket" AFTER UPDATE ON "tickets" FOR EACH ROW
  WHEN ((OLD."status", OLD."waits_since", OLD."kind", OLD."priority", OLD."tags", OLD."request_id", OLD."about_request_id", OLD."subscriber_id",
      OLD."incident_id", OLD."wave_category", OLD."escalated_at" IS NULL)
    IS DISTINCT FROM (NEW."status", NEW."waits_since", NEW."kind", NEW."priority", NEW."tags", NEW."request_id", NEW."about_request_id", NEW."subscriber_id",
      NEW."incident_id", NEW."wave_category", NEW."escalated_at" IS NULL))
  EXECUTE FUNCTION "queue_by_ticket"();
DROP TRIGGER "queue_taken" ON "tickets";
CREATE TRIGGER "queue_taken" AFTER UPDATE ON "tickets" FOR EACH ROW
  WHEN (OLD."taken_by" IS DISTINCT FROM NEW."taken_by"
    AND (OLD."status", OLD."waits_since", OLD."kind", OLD."priority", OLD."tags", OLD."request_id", OLD."about_request_id", OLD."subscriber_id",
      OLD."incident_id", OLD."wave_category", OLD."escalated_at" IS NULL)
    IS NOT DISTINCT FROM (NEW."status", NEW."waits_since", NEW."kind", NEW."priority", NEW."tags", NEW."request_id", NEW."about_request_id", NEW."subscriber_id",
      NEW."incident_id", NEW."wave_category", NEW."escalated_at" IS NULL))
  EXECUTE FUNCTION "queue_by_taker"();

INSERT INTO "queue_keys" ("ticket_id", "carrier_id", "status", "key", "waits_since")
SELECT t."id", t."carrier_id", t."status"::text, k, t."waits_since"
FROM "tickets" t, unnest("queue_keys_of"(t)) k
ON CONFLICT ("ticket_id", "key") DO NOTHING;
