import { retentionPeriods } from '@/domain/retention/retention-periods'
import { reader } from '@/domain/transaction'

/** Seconds after its last beat from which a process counts as gone. */
const beatLasts = 15

interface Beating {
  id: string
  /** "worker", "portal". */
  kind: string
  startedAt: Date
}

/** Says that the process is up, and clears away those silent for a day. Answers how many of its kind are up, itself included. */
export async function beat({ id, kind, startedAt }: Beating): Promise<number> {
  await reader('every-carrier').$executeRaw`
    INSERT INTO worker_beats (id, kind, started_at, beat_at) VALUES (${id}, ${kind}, ${startedAt}::timestamptz, now())
    ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at`
  const { days } = retentionPeriods.beats
  await reader('every-carrier')
    .$executeRaw`DELETE FROM worker_beats WHERE beat_at < now() - make_interval(days => ${days}::int)`
  return countBeating(kind)
}

export async function stopBeating(id: string): Promise<void> {
  await reader('every-carrier').workerBeat.deleteMany({ where: { id } })
}

/** Processes of the kind that are up. */
export async function countBeating(kind: string): Promise<number> {
  const [row] = await reader('every-carrier').$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM worker_beats
    WHERE kind = ${kind} AND beat_at > now() - make_interval(secs => ${beatLasts})`
  return row?.count ?? 0
}
