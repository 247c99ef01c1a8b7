-- How many people lost how much, counted by the hour beside how triage goes: what a carrier sees of its own.
ALTER TYPE "figure" ADD VALUE 'people';
ALTER TYPE "figure_slice" ADD VALUE 'loss';
