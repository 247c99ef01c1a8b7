-- What tells of people without naming a carrier stands behind the wall too (docs/decisions/0025-row-level-security.md): whoever
-- has not said whose rows they may see reads none of it, and no carrier reads what is another's.
CREATE FUNCTION "wall_for"(walled regclass, seen text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', walled);
  EXECUTE format('CREATE POLICY "seen_by" ON %s USING ((SELECT sees_every_carrier()) OR (%s))', walled, seen);
END
$$;
REVOKE EXECUTE ON FUNCTION "wall_for"(regclass, text) FROM PUBLIC;

-- Only the sign-in, the public's own links, the forms and the workers ask for these, of every carrier.
SELECT "wall_for"('sign_in_tokens', 'false');
SELECT "wall_for"('kept_forms', 'false');
SELECT "wall_for"('subscriptions', 'false');
SELECT "wall_for"('subscription_topics', 'false');
SELECT "wall_for"('account_leases', 'false');
SELECT "wall_for"('batch_decisions', 'false');
SELECT "wall_for"('chain_root_heads', 'false');

-- A mailbox is its carriers', a session whoever's it is. The tables asked here are walled themselves.
SELECT "wall_for"('sign_in_users', $$
  EXISTS (SELECT FROM "subscribers" s WHERE lower(s."email") = lower("sign_in_users"."email"))
  OR EXISTS (SELECT FROM "staff" s WHERE lower(s."email") = lower("sign_in_users"."email") AND s."carrier_id" IS NOT NULL)$$);
SELECT "wall_for"('sign_in_sessions', $$
  CASE
    WHEN "staff_id" IS NOT NULL THEN EXISTS (SELECT FROM "staff" s WHERE s."id" = "staff_id" AND s."carrier_id" IS NOT NULL)
    WHEN "subscriber_id" IS NOT NULL THEN EXISTS (SELECT FROM "subscribers" s WHERE s."id" = "subscriber_id")
    ELSE EXISTS (SELECT FROM "sign_in_users" u WHERE u."id" = "user_id")
  END$$);

-- Asked for by whoever acts, and of no use without what they belong to.
SELECT "wall_for"('passkey_challenges', '(SELECT seen_carrier()) IS NOT NULL');
SELECT "wall_for"('hosts', '(SELECT seen_carrier()) IS NOT NULL');

-- Whoever asks a view sees what they see without it, whoever made it.
ALTER VIEW "subscriber_losses" SET (security_invoker = true);
