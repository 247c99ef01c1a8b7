import type { Trouble } from '@/domain/restore/run-trouble'
import { reader } from '@/domain/transaction'

/**
 * Remembers how a device server behaves, so that the dispatcher leaves it alone for a while: longer each time, at most ten
 * minutes. Folders have no server that could be in trouble.
 */
export async function noteHost(host: string, trouble: Trouble | null): Promise<void> {
  if (host === 'vdir') return
  if (trouble === null) {
    await reader('every-carrier').$executeRaw`
      UPDATE hosts SET failures = 0, not_before = NULL, reason = NULL, updated_at = now()
      WHERE host = ${host} AND failures > 0`
    return
  }
  await reader('every-carrier').$executeRaw`
    INSERT INTO hosts (host, failures, reason, not_before)
    VALUES (${host}, 1, ${trouble.reason}, coalesce(${trouble.retryAt}::timestamptz, now() + interval '1 second'))
    ON CONFLICT (host) DO UPDATE SET
      failures = hosts.failures + 1, reason = excluded.reason, updated_at = now(),
      not_before = coalesce(${trouble.retryAt}::timestamptz,
        now() + least(interval '10 minutes', interval '1 second' * power(2, least(hosts.failures, 10))))`
}
