import { type Actor, actorId } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { Prisma, type Tx } from '@/domain/transaction'
import type { Staff } from '@/prisma/generated/client'

/** Somebody else who works here, held for the rest of the transaction. Nobody changes their own standing. */
export async function staffToChange(tx: Tx, by: Actor, staffId: string): Promise<Staff> {
  await tx.$executeRaw(Prisma.sql`SELECT FROM staff WHERE id = ${staffId}::uuid FOR UPDATE`)
  const member = await tx.staff.findUnique({ where: { id: staffId, leftAt: null } })
  if (member === null) throw notFound('staff member')
  if (actorId(by) === staffId) throw wrongState('staff-oneself', 'Another administrator must do this.')
  return member
}
