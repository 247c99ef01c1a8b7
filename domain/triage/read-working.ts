import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'
import { type WorkLanguage, worksIn } from '@/domain/triage/work-languages'

/** How the actor works in the console, as they chose it. */
export async function readWorking(actor: Actor): Promise<{ languages: readonly WorkLanguage[]; shortcuts: boolean }> {
  const staffId = 'staffId' in actor ? actor.staffId : null
  authorize(actor, 'working.choose', { carrierId: null, subscriberId: null, staffId }, 'staff member')
  const member = await reader(actor).staff.findUnique({
    where: { id: takerOf(actor), leftAt: null },
    select: { language: true, languages: true, shortcuts: true },
  })
  if (!member) throw notFound('staff member')
  return { languages: worksIn(member), shortcuts: member.shortcuts }
}
