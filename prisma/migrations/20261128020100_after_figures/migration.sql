-- How people found it, counted by the hour beside how triage goes.
ALTER TYPE "figure" ADD VALUE 'rated';
ALTER TYPE "figure_slice" ADD VALUE 'score';
