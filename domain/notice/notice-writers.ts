import type { EventKind } from '@/domain/events'
import type { Tx } from '@/domain/transaction'
import type { Notice } from '@/prisma/generated/client'

const kinds: EventKind[] = ['notice.drafted', 'notice.edited', 'notice.submitted']

/**
 * Whoever had a hand in what a second person has to approve: began, edited or submitted it, also where somebody else has
 * edited it since. The row names the last of them, its events all of them.
 */
export async function writersOf(
  { id, createdBy, editedBy, submittedBy }: Pick<Notice, 'id' | 'createdBy' | 'editedBy' | 'submittedBy'>,
  db: Tx,
): Promise<string[]> {
  const where = { subject: `notice:${id}`, kind: { in: kinds } }
  const events = await db.event.findMany({ where, select: { actorId: true } })
  const known = [createdBy, editedBy, submittedBy, ...events.map(({ actorId }) => actorId)]
  return [...new Set(known.filter(one => one !== null))]
}
