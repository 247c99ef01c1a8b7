import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { readCoded } from '@/domain/notification/read-coded'
import { authorizeEver } from '@/domain/policy'
import { holdScopes } from '@/domain/retention/legal-hold'
import { reader } from '@/domain/transaction'

const subjectInput = z.object({
  scope: z.enum(holdScopes, { error: 'scope-unknown' }),
  carrierSlug: z.string(),
  /** A subscriber's account id or an incident's slug; of no account for a carrier. */
  name: z.string().trim().max(200, { error: 'subject-unknown' }),
})

/** Whom a form means, by id. Throws Refusal "bad-input" at the field `name` or `carrier`. */
export async function findSubject(actor: Actor, input: z.input<typeof subjectInput>): Promise<string> {
  authorizeEver(actor, 'legal-hold.read')
  const { scope, carrierSlug, name } = readCoded(subjectInput, input)
  const db = reader(actor)
  const unknown = badInput('name', 'subject-unknown', `There is no such ${scope}.`)
  if (scope === 'incident') {
    const incident = await db.incident.findUnique({ where: { slug: name }, select: { id: true } })
    if (!incident) throw unknown
    return incident.id
  }
  const carrier = await db.carrier.findUnique({ where: { slug: carrierSlug }, select: { id: true } })
  if (!carrier) throw badInput('carrier', 'no-such-carrier', 'There is no such carrier.')
  if (scope === 'carrier') return carrier.id
  const subscriber = await db.subscriber.findUnique({
    where: { carrierId_accountId: { carrierId: carrier.id, accountId: name } },
    select: { id: true },
  })
  if (!subscriber) throw unknown
  return subscriber.id
}

/** Carriers to choose from, by name. */
export async function listHoldCarriers(actor: Actor): Promise<{ slug: string; name: string }[]> {
  authorizeEver(actor, 'legal-hold.read')
  return reader(actor).carrier.findMany({
    select: { slug: true, name: true },
    orderBy: [{ name: 'asc' }, { slug: 'asc' }],
  })
}
