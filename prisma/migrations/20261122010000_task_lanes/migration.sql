-- The dispatcher takes from every lane (device server, else kind of job) the tasks that are due longest; a long line in one
-- lane must not be read to find the head of another.
CREATE INDEX "tasks_lanes_idx" ON "tasks" ((coalesce("host", "job")), "run_at", "id") WHERE "status" = 'waiting';
