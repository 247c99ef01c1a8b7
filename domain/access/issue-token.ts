import { z } from 'zod'
import { scopeNames } from '@/domain/access/token-scopes'
import { newTokenText, tokenHash } from '@/domain/access/token-text'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { readCoded } from '@/domain/notification/read-coded'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

export const tokenDays = [30, 90, 365] as const

const issueInput = z.object({
  name: z
    .string('name-missing')
    .trim()
    .min(1, { error: 'name-missing' })
    .max(100, { error: 'name-long' })
    .refine(text => !/\p{Cc}/u.test(text), { error: 'name-missing' }),
  /** Null: for every carrier. */
  carrierSlug: z.string().nullable(),
  scopes: z.array(z.enum(scopeNames, { error: 'scope-unknown' })).min(1, { error: 'scopes-missing' }),
  days: z.union(
    tokenDays.map(days => z.literal(days)),
    { error: 'days-unknown' },
  ),
})

/** Makes a token and answers its text, which is not kept and cannot be shown again. */
export async function issueToken(
  actor: Actor,
  input: z.input<typeof issueInput>,
  now = new Date(),
): Promise<{ id: string; text: string; expiresAt: Date }> {
  authorizeEver(actor, 'token.manage')
  const { name, carrierSlug, scopes, days } = readCoded(issueInput, input)
  requireFreshProof(actor, now)
  const text = newTokenText()
  const expiresAt = new Date(now.getTime() + days * 86_400_000)
  return transaction(actor, async tx => {
    const carrier = carrierSlug === null ? null : await tx.carrier.findUnique({ where: { slug: carrierSlug } })
    if (carrierSlug !== null && !carrier)
      throw badInput('carrier', 'no-such-carrier', `There is no carrier "${carrierSlug}".`)
    const carrierId = carrier?.id ?? null
    const unique = [...new Set(scopes)].sort()
    const { id } = await tx.machineToken.create({
      data: { carrierId, name, scopes: unique, hash: tokenHash(text), createdAt: now, expiresAt },
    })
    const data = { scopes: unique, expiresAt: expiresAt.toISOString() }
    await recordEvent(tx, actor, { subject: `token:${id}`, kind: 'token.issued', carrierId, data })
    return { id, text, expiresAt }
  })
}
