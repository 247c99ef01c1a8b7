import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { identityChecks } from '@/domain/restore/file-for-check'
import { fileForStep, newestOf } from '@/domain/restore/file-for-step'
import { accountNamed } from '@/domain/subscriber/account-named'
import { type Tx, transaction } from '@/domain/transaction'
import type { IdentityCheckKind } from '@/prisma/generated/enums'

const fileInput = z.object({
  /** The carrier's own. */
  accountId: z.string().min(1).max(500),
  /** Its short name: where the token is every carrier's. */
  carrier: z.string().max(200).nullable().default(null),
  categories: z.array(z.enum(categories)).min(1).max(categories.length),
  rule: z.enum(['keep_both', 'merge', 'keep_current']),
  identityCheck: z.enum(identityChecks),
  /** The same key files one request. */
  filingKey: z.string().min(8).max(100),
})

/**
 * Files a restore for a subscriber whose identity the carrier has checked itself: of each category the newest that was recovered, to
 * the one device account that was known before the incident and to no other. A person approves it.
 */
export async function fileForSubscriber(
  actor: Actor,
  input: z.input<typeof fileInput>,
  now = new Date(),
): Promise<{ id: string; reference: string }> {
  const { carrierId: within } = scope(actor, 'request.file-for')
  const asked = parseInput(fileInput, input)
  return transaction(actor, async tx => {
    const subscriber = await accountNamed(tx, { ...asked, carrierId: within })
    if (!subscriber) throw notFound('subscriber')
    const { id: subscriberId } = subscriber
    await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR UPDATE`
    const { filingKey, rule, identityCheck } = asked
    const before = await tx.restoreRequest.findUnique({
      where: { subscriberId_filingKey: { subscriberId, filingKey } },
    })
    if (before) return { id: before.id, reference: before.reference }
    const account = await knownAccount(tx, subscriberId)
    const holdings = await newestOf(tx, subscriberId, [...new Set(asked.categories)])
    const kind = identityCheck.replaceAll('-', '_') as IdentityCheckKind
    const check = { kind, note: null, reference: null, madeAt: now }
    return fileForStep(tx, actor, { subscriber, account, holdings, rule, filingKey, check }, now)
  })
}

async function knownAccount(tx: Tx, subscriberId: string) {
  const accounts = await tx.deviceAccount.findMany({
    where: { subscriberId, coolingUntil: null, status: { not: 'removed' } },
  })
  const [account] = accounts
  if (!account) throw wrongState('no-known-account', 'No device account of theirs was known before the incident.')
  if (accounts.length > 1)
    throw wrongState('many-accounts', 'They have several device accounts: the subscriber chooses.')
  return account
}
