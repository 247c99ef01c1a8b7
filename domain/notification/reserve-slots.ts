import { Prisma, runStatement } from '@/domain/transaction'

/** A provider that is to be left alone for longer than this is not waited for. */
const longestWaitMs = 2_000

/**
 * Reserves the next `count` sends to a provider that takes `rate` a second, for all workers and across restarts. Answers
 * in how many milliseconds the first may begin (0 or more), with the Unix time in milliseconds that the database said it
 * at; `restMs` where the provider is to be left alone for longer.
 */
export async function reserveSlots(
  provider: string,
  rate: number,
  count: number,
): Promise<{ startMs: number; databaseMs: number } | { restMs: number }> {
  const length = count / rate
  const rows = await runStatement<{ startsMs: number; databaseMs: number }>(
    'reserve-slots',
    Prisma.sql`
      INSERT INTO provider_paces AS p (provider, next_at)
      VALUES (${provider}, clock_timestamp() + make_interval(secs => ${length}::float8))
      ON CONFLICT (provider) DO UPDATE
        SET next_at = greatest(p.next_at, clock_timestamp()) + make_interval(secs => ${length}::float8)
        WHERE p.next_at <= clock_timestamp() + make_interval(secs => ${longestWaitMs / 1000}::float8)
      RETURNING (extract(epoch FROM next_at) * 1000 - ${length * 1000}::float8)::float8 AS "startsMs",
        (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "databaseMs"`,
  )
  const [reserved] = rows
  if (reserved) {
    const { startsMs, databaseMs } = reserved
    return { startMs: Math.max(startsMs - databaseMs, 0), databaseMs }
  }
  return { restMs: await restOf(provider) }
}

/** How long a provider is to be left alone yet, in milliseconds. */
export async function restOf(provider: string): Promise<number> {
  const [row] = await runStatement<{ ms: number }>(
    'provider-rest',
    Prisma.sql`
      SELECT (extract(epoch FROM next_at - clock_timestamp()) * 1000)::float8 AS ms
      FROM provider_paces WHERE provider = ${provider}`,
  )
  return Math.max(row?.ms ?? 0, 0)
}

/** Nothing is sent to a provider for so long, by any worker. */
export async function pauseProvider(provider: string, ms: number): Promise<void> {
  await runStatement(
    'pause-provider',
    Prisma.sql`
      INSERT INTO provider_paces AS p (provider, next_at)
      VALUES (${provider}, clock_timestamp() + make_interval(secs => ${ms / 1000}::float8))
      ON CONFLICT (provider) DO UPDATE SET next_at = greatest(p.next_at, excluded.next_at)`,
  )
}
