-- Finding people by parts of their name, address or account id (docs/decisions/0025-row-level-security.md). Indexes over parts
-- of words never serve under row-level security, so the words lie where the application may not read, and a function takes
-- the carrier whose people it may find.
SELECT set_config('homeward.carrier', '*', false);

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE SCHEMA "search";
REVOKE ALL ON SCHEMA "search" FROM PUBLIC;

-- Letters without case, accents and width: "É" and "e" are one.
CREATE FUNCTION "search"."folded"(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(normalize(lower(given COLLATE "und-x-icu"), NFKD), '[\u0300-\u036F]', '', 'g')
$$;

CREATE TABLE "search"."people" (
  "subscriber_id" uuid PRIMARY KEY REFERENCES public."subscribers" ("id") ON DELETE CASCADE,
  "carrier_id" uuid NOT NULL,
  "words" text NOT NULL
);
CREATE INDEX "people_words_idx" ON "search"."people" USING gin ("words" gin_trgm_ops);

CREATE FUNCTION "search"."words_of"(person public."subscribers") RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT search.folded(concat_ws(E'\n', person.name, person.email, person.account_id))
$$;

CREATE FUNCTION "search"."keep_words"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO search.people VALUES (NEW.id, NEW.carrier_id, search.words_of(NEW))
  ON CONFLICT (subscriber_id) DO UPDATE SET carrier_id = EXCLUDED.carrier_id, words = EXCLUDED.words;
  RETURN NULL;
END
$$;
CREATE TRIGGER "keep_words" AFTER INSERT OR UPDATE OF "carrier_id", "name", "email", "account_id" ON "subscribers"
  FOR EACH ROW EXECUTE FUNCTION "search"."keep_words"();

INSERT INTO "search"."people" SELECT s.id, s.carrier_id, search.words_of(s) FROM "subscribers" s;

-- The best first, of one carrier's people or, where `whose` is null, of every carrier's, as far as the transaction sees them.
-- Each word has to be there; what stands at the beginning of a line counts most. Looks at 1,000 people at most.
CREATE FUNCTION "search_people"(asked text, whose uuid, most integer) RETURNS TABLE (subscriber_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wanted text := search.folded(asked);
  patterns text[];
BEGIN
  SELECT array_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%') INTO patterns
  FROM regexp_split_to_table(btrim(wanted, E' \t\n'), '\s+') word WHERE word <> '';
  IF patterns IS NULL THEN RETURN; END IF;
  RETURN QUERY
    SELECT found.subscriber_id FROM (
      SELECT p.subscriber_id, p.words FROM search.people p
      WHERE p.words LIKE ALL (patterns)
        AND (whose IS NULL OR p.carrier_id = whose)
        AND (sees_every_carrier() OR p.carrier_id = seen_carrier())
      LIMIT 1000
    ) found
    ORDER BY position(E'\n' || wanted IN E'\n' || found.words) = 0, public.word_similarity(wanted, found.words) DESC, found.subscriber_id
    LIMIT least(greatest(most, 0), 200);
END
$$;
REVOKE EXECUTE ON FUNCTION "search_people"(text, uuid, integer) FROM PUBLIC;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'homeward_app') THEN
    GRANT EXECUTE ON FUNCTION "search_people"(text, uuid, integer) TO homeward_app;
  END IF;
END
$$;
