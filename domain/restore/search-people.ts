import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { Prisma, reader } from '@/domain/transaction'

/** Fewer would be found in everybody, and no index helps. */
export const fewestLetters = 3

/**
 * Ids of the subscribers whose name, mail address or account id has each of the words in it, the best first, 100 at most;
 * letters count without case and accents. None for fewer than three characters. The words lie where row-level security does
 * not reach, so the carrier goes with the question (docs/decisions/0025-row-level-security.md).
 */
export async function searchPeople(actor: Actor, asked: string): Promise<string[]> {
  const { carrierId, subscriberId } = scope(actor, 'queue.read')
  const text = asked.replaceAll('\0', '').trim().slice(0, 200)
  if (subscriberId !== undefined || [...text].length < fewestLetters) return []
  const rows = await reader(actor).$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT subscriber_id AS id FROM search_people(${text}, ${carrierId ?? null}::uuid, 100)`,
  )
  return rows.map(row => row.id)
}
