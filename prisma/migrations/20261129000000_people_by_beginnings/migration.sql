-- People are looked for by how words of theirs begin: a name, a mail address, an account id. An index over parts of words
-- gathers every part that many share ("@people.example") from everybody, and took ten times as long as the rest of a search. A lexeme
-- has 2,046 bytes at most: of a longer word the beginning counts.
CREATE FUNCTION "search"."lexemes_of"(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY(SELECT left(word, 200) FROM regexp_split_to_table(words, '\s+') word WHERE word <> ''))
$$;
CREATE INDEX "people_lexemes_idx" ON "search"."people" USING gin ("search"."lexemes_of"("words"));

-- True of whom each of the words begins a word of; null for no word.
CREATE FUNCTION "search"."beginnings_of"(asked text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_agg('''' || replace(replace(left(word, 200), '\', '\\'), '''', '''''') || ''':*', ' & ')::tsquery
  FROM regexp_split_to_table(btrim(search.folded(asked), E' \t\n'), '\s+') word WHERE word <> ''
$$;

-- What is in every tenth of the first 1,000 is answered from them. What begins nobody's words at all is looked for inside them, but
-- a whole mail address: that is somebody's or nobody's.
CREATE OR REPLACE FUNCTION "search_people"(asked text, whose uuid, most integer) RETURNS TABLE (subscriber_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  wanted text := search.folded(asked);
  condition text := search.condition_of(asked);
  beginnings tsquery := search.beginnings_of(asked);
  seen uuid := CASE WHEN sees_every_carrier() THEN whose ELSE seen_carrier() END;
  within text := CASE WHEN seen IS NULL THEN 'true' ELSE format('carrier_id = %L', seen) END;
  found uuid[];
BEGIN
  IF condition IS NULL OR (seen IS NULL AND NOT sees_every_carrier()) OR (whose IS NOT NULL AND seen <> whose) THEN RETURN; END IF;
  EXECUTE format('SELECT array_agg(subscriber_id) FROM (SELECT * FROM search.people WHERE %s LIMIT 1000) p WHERE %s', within, condition)
    INTO found;
  IF coalesce(cardinality(found), 0) < 100 THEN
    EXECUTE format('SELECT array_agg(subscriber_id) FROM (
        SELECT subscriber_id FROM search.people WHERE search.lexemes_of(words) @@ %L::tsquery AND %s LIMIT 1000
      ) p', beginnings, within)
      INTO found;
    IF found IS NULL AND btrim(wanted) !~ '^[^\s@]+@[^\s@]+\.[^\s@]+$' THEN
      EXECUTE format('SELECT array_agg(subscriber_id) FROM (SELECT subscriber_id FROM search.people WHERE %s AND %s LIMIT 1000) p', condition, within)
        INTO found;
    END IF;
  END IF;
  RETURN QUERY
    SELECT p.subscriber_id FROM search.people p WHERE p.subscriber_id = ANY (found)
    ORDER BY position(E'\n' || wanted IN E'\n' || p.words) = 0, public.word_similarity(wanted, p.words) DESC, p.subscriber_id
    LIMIT least(greatest(most, 0), 200);
END
$$;
