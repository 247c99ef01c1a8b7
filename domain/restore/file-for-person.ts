import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, Refusal } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { checkInput, refuseOldCheck } from '@/domain/restore/file-for-check'
import { fileForStep, newestOf } from '@/domain/restore/file-for-step'
import { openStatuses } from '@/domain/restore/request-status'
import { askedRules } from '@/domain/restore/restore-inputs'
import { type Tx, transaction } from '@/domain/transaction'

/** Messages are codes: screens have the sentence for each. */
export const fileForInput = z.object({
  subscriberId: z.uuid(),
  categories: z.array(z.enum(categories), 'categories-missing').min(1, 'categories-missing').max(categories.length),
  accountId: z.uuid('account-missing'),
  rule: z.enum(askedRules, 'rule-missing'),
  check: checkInput,
  /** Made once for each form: the same key files one request, however often it is sent. */
  filingKey: z.string().min(8).max(100),
})

/**
 * Files a restore for somebody who cannot sign in, after the carrier has checked who they are: of each category the newest that was
 * recovered, into a device account of theirs that was known before the incident. Needs a fresh proof of whoever files, who may
 * not approve it. What a colleague has filed at the same moment is not filed again.
 */
export async function fileForPerson(
  actor: Actor,
  input: z.input<typeof fileForInput>,
  now = new Date(),
): Promise<{ id: string; reference: string }> {
  const asked = parseInput(fileForInput, input)
  const { subscriberId, accountId, filingKey, rule } = asked
  return transaction(actor, async tx => {
    // Two who file at the same moment take turns: the second finds what the first has filed.
    await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR UPDATE`
    const subscriber = await tx.subscriber.findUnique({ where: { id: subscriberId } })
    authorize(actor, 'subscriber.file-for', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
    if (!subscriber) throw notFound('subscriber')
    requireFreshProof(actor, now)
    const before = await tx.restoreRequest.findUnique({
      where: { subscriberId_filingKey: { subscriberId, filingKey } },
    })
    if (before) return { id: before.id, reference: before.reference }
    refuseOldCheck(asked.check.madeAt, now)
    const account = await tx.deviceAccount.findFirst({
      where: { id: accountId, subscriberId, coolingUntil: null, status: { not: 'removed' } },
    })
    if (!account)
      throw badInput('accountId', 'no-known-account', 'No device account of theirs that was known before the incident.')
    const holdings = await newestOf(tx, subscriberId, [...new Set(asked.categories)])
    await refuseFiled(tx, subscriberId, holdings)
    const check = { ...asked.check, note: asked.check.note || null }
    return fileForStep(tx, actor, { subscriber, account, holdings, rule, filingKey, check }, now)
  })
}

/** What somebody has asked for already, and is on its way or waits, is not asked for once more beside it. */
async function refuseFiled(tx: Tx, subscriberId: string, holdings: { id: string }[]): Promise<void> {
  const holdingId = { in: holdings.map(({ id }) => id) }
  const open = { subscriberId, status: { in: [...openStatuses] }, items: { some: { holdingId } } }
  if ((await tx.restoreRequest.count({ where: open })) > 0)
    throw new Refusal('wrong-state', 'filed-already', 'A request for some of this is open already.', 'categories')
}
