-- Of one word, slices were looked at together, 1, 4, 16 at a time, and 250 entries of them read to answer 50 tickets. The plan for
-- one word is kept, so that a slice by itself costs little: they are looked at one after the other, and no more than are needed.
-- Of the people who have a word, the 250 that begin with it are compared with it, and no more: that is what takes the time.
SELECT set_config('homeward.carrier', '*', false);

-- Tickets of those carriers in whose conversation an entry has the one pattern, the newest such entry's first; `bound` or a few more.
CREATE FUNCTION "search"."tickets_saying"(pattern text, carriers uuid[], first bigint, last bigint, bound integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  found uuid[] := '{}';
  here uuid[];
  slice bigint := last;
BEGIN
  WHILE slice >= first AND cardinality(found) < bound LOOP
    -- "NOT <> ALL" keeps the carrier off an index of its own.
    SELECT array_agg(t.ticket_id ORDER BY t.at DESC, t.ticket_id) INTO here FROM (
      SELECT said.ticket_id, max(said.at) AS at FROM unnest(carriers) c(id) CROSS JOIN LATERAL (
        SELECT e.ticket_id, e.at FROM search.entries e WHERE search.slice_of(e.carrier_id, e.number) = search.slice_of(c.id, slice << 17)
          AND e.words LIKE pattern AND NOT e.carrier_id <> ALL (carriers) LIMIT 1000
      ) said GROUP BY said.ticket_id
    ) t;
    -- What nobody ever said, as most of people's names and numbers, is not looked for in every slice.
    EXIT WHEN here IS NULL AND slice = last AND NOT search.is_said(ARRAY[pattern]);
    found := found || ARRAY(SELECT o.id FROM unnest(here) WITH ORDINALITY o(id, place) WHERE o.id <> ALL (found) ORDER BY o.place);
    slice := slice - 1;
  END LOOP;
  RETURN found;
END
$$;

-- Entries of some slices that have each of several words, any 1,000 of them.
CREATE OR REPLACE FUNCTION "search"."entries_in"(keys bigint[], carriers uuid[], patterns text[]) RETURNS TABLE (ticket_id uuid, at timestamptz)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY EXECUTE format('SELECT ticket_id, at::timestamptz FROM search.entries
    WHERE search.slice_of(carrier_id, number) = ANY (%L::bigint[]) AND NOT carrier_id <> ALL (%L::uuid[]) AND %s LIMIT 1000',
    keys, carriers, search.each_of(patterns));
END
$$;

-- Tickets in whose conversation one entry has each of the words, the newest such entry's first. What is in every twentieth of the
-- newest 1,000 is answered from them; one word else slice by slice, several from the newest slice, the four before it, the sixteen
-- before those and so on.
CREATE OR REPLACE FUNCTION "search_entries"(asked text, whose uuid, most integer) RETURNS TABLE (ticket_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = on AS $$
#variable_conflict use_column
DECLARE
  patterns text[] := search.patterns_of(asked);
  bound integer := least(greatest(most, 0), 200);
  seen uuid := CASE WHEN sees_every_carrier() THEN whose ELSE seen_carrier() END;
  carriers uuid[];
  keys bigint[];
  first bigint;
  last bigint;
  slices bigint := 1;
  found uuid[];
  older uuid[];
BEGIN
  IF patterns IS NULL OR (seen IS NULL AND NOT sees_every_carrier()) OR (whose IS NOT NULL AND seen <> whose) THEN RETURN; END IF;
  carriers := CASE WHEN seen IS NULL THEN ARRAY(SELECT id FROM public.carriers) ELSE ARRAY[seen] END;
  SELECT array_agg(t.ticket_id ORDER BY t.at DESC, t.ticket_id) INTO found FROM (
    SELECT e.ticket_id, max(e.at) AS at FROM unnest(carriers) c(id) CROSS JOIN LATERAL (
      SELECT * FROM search.entries one WHERE one.carrier_id = c.id ORDER BY one.number DESC LIMIT greatest(1000 / cardinality(carriers), 50)
    ) e WHERE e.words LIKE ALL (patterns) GROUP BY e.ticket_id
  ) t;
  IF coalesce(cardinality(found), 0) < 50 THEN
    SELECT min(oldest.number) >> 17, max(newest.number) >> 17 INTO first, last FROM unnest(carriers) c(id)
      CROSS JOIN LATERAL (SELECT one.number FROM search.entries one WHERE one.carrier_id = c.id ORDER BY one.number LIMIT 1) oldest
      CROSS JOIN LATERAL (SELECT one.number FROM search.entries one WHERE one.carrier_id = c.id ORDER BY one.number DESC LIMIT 1) newest;
    IF cardinality(patterns) = 1 THEN
      found := search.tickets_saying(patterns[1], carriers, first, last, bound);
    ELSE
      found := '{}';
      WHILE last >= first AND cardinality(found) < bound LOOP
        keys := ARRAY(SELECT search.slice_of(c.id, slice << 17)
          FROM unnest(carriers) c(id), generate_series(last, greatest(last - slices + 1, first), -1) slice);
        SELECT array_agg(t.ticket_id ORDER BY t.at DESC, t.ticket_id) INTO older
        FROM (SELECT e.ticket_id, max(e.at) AS at FROM search.entries_in(keys, carriers, patterns) e GROUP BY e.ticket_id) t;
        found := found || ARRAY(SELECT o.id FROM unnest(older) WITH ORDINALITY o(id, place) WHERE o.id <> ALL (found) ORDER BY o.place);
        EXIT WHEN slices = 1 AND older IS NULL AND NOT search.is_said(patterns);
        last := last - slices;
        slices := slices * 4;
      END LOOP;
    END IF;
  END IF;
  RETURN QUERY SELECT unnest(found[1:bound]);
END
$$;

-- What is in every tenth of the first 1,000 is answered from them. What begins nobody's words at all is looked for inside them, but
-- a whole mail address: that is somebody's or nobody's.
CREATE OR REPLACE FUNCTION "search_people"(asked text, whose uuid, most integer) RETURNS TABLE (subscriber_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = on AS $$
#variable_conflict use_column
DECLARE
  wanted text := search.folded(asked);
  patterns text[] := search.patterns_of(asked);
  seen uuid := CASE WHEN sees_every_carrier() THEN whose ELSE seen_carrier() END;
  carriers uuid[];
  beginnings tsquery;
  found uuid[];
BEGIN
  IF patterns IS NULL OR (seen IS NULL AND NOT sees_every_carrier()) OR (whose IS NOT NULL AND seen <> whose) THEN RETURN; END IF;
  carriers := CASE WHEN seen IS NULL THEN ARRAY(SELECT id FROM public.carriers) ELSE ARRAY[seen] END;
  SELECT array_agg(p.subscriber_id) INTO found
    FROM (SELECT * FROM search.people WHERE carrier_id = ANY (carriers) LIMIT 1000) p WHERE p.words LIKE ALL (patterns);
  IF coalesce(cardinality(found), 0) < 100 THEN
    PERFORM set_config('enable_indexscan', 'off', true);
    beginnings := search.beginnings_of(asked);
    SELECT array_agg(p.id) INTO found FROM (
      SELECT one.subscriber_id AS id FROM unnest(carriers) c(id)
      CROSS JOIN LATERAL (SELECT * FROM search.people WHERE carrier_id = c.id AND search.lexemes_of(words) @@ beginnings) one LIMIT 1000
    ) p;
    IF found IS NULL AND btrim(wanted) !~ '^[^\s@]+@[^\s@]+\.[^\s@]+$' THEN
      IF cardinality(patterns) = 1 THEN
        SELECT array_agg(p.id) INTO found FROM (
          SELECT one.subscriber_id AS id FROM unnest(carriers) c(id)
          CROSS JOIN LATERAL (SELECT * FROM search.people WHERE carrier_id = c.id AND words LIKE patterns[1] OFFSET 0) one LIMIT 1000
        ) p;
      ELSE
        EXECUTE format('SELECT array_agg(id) FROM (SELECT subscriber_id AS id FROM search.people WHERE carrier_id = ANY (%L::uuid[]) AND %s LIMIT 1000) p',
          carriers, search.each_of(patterns)) INTO found;
      END IF;
    END IF;
    PERFORM set_config('enable_indexscan', 'on', true);
  END IF;
  IF found IS NULL THEN RETURN; END IF;
  RETURN QUERY
    SELECT p.subscriber_id FROM (
      SELECT * FROM (
        SELECT p.subscriber_id, p.words, position(E'\n' || wanted IN E'\n' || p.words) = 0 AS is_inside
        FROM search.people p WHERE p.subscriber_id = ANY (found)
      ) q ORDER BY is_inside, subscriber_id LIMIT greatest(250, least(most, 200))
    ) p
    ORDER BY p.is_inside, public.word_similarity(wanted, p.words) DESC, p.subscriber_id
    LIMIT least(greatest(most, 0), 200);
END
$$;
