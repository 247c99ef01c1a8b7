-- A mail about a ticket that carries nothing written in it: that it was resolved.
ALTER TABLE "messages" ADD COLUMN "ticket_id" UUID;
