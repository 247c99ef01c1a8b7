-- The public that asked to be told of a carrier belongs to none, but what became of telling them belongs to whoever's
-- broadcast it was. Broadcasts stand behind the wall themselves, here too.
CREATE POLICY "own_broadcast" ON "deliveries" USING (
  carrier_id IS NULL AND (SELECT seen_carrier()) IS NOT NULL
  AND EXISTS (SELECT FROM broadcasts b WHERE b.id = broadcast_id)
);
