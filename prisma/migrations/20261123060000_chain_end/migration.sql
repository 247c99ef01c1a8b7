-- A chain goes on behind its last row, whoever may read that: rows of one subject may name different carriers or none.
CREATE FUNCTION "chain_end"(asked text) RETURNS TABLE (seq integer, hash bytea) LANGUAGE plpgsql AS $$
DECLARE
  seen text := coalesce(current_setting('homeward.carrier', true), '');
BEGIN
  PERFORM set_config('homeward.carrier', '*', true);
  RETURN QUERY SELECT e.seq, e.hash FROM events e WHERE e.subject = asked ORDER BY e.seq DESC LIMIT 1;
  PERFORM set_config('homeward.carrier', seen, true);
END
$$;
