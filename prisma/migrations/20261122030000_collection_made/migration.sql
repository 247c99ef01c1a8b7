-- Which run made the collection it writes into: undone and empty again, it goes.
ALTER TABLE "run_categories" ADD COLUMN "collection_made" BOOLEAN NOT NULL DEFAULT false;
