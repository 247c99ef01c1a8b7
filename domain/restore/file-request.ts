import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { newReference } from '@/domain/restore/new-reference'
import { type FileRequestInput, fileRequestInput } from '@/domain/restore/restore-inputs'
import { isUniqueViolation, reader, type Tx, transaction } from '@/domain/transaction'
import { openTicket } from '@/domain/triage/open-ticket'
import type { ConflictRule } from '@/prisma/generated/enums'

/**
 * Files a restore request. The same filing key answers the request that it filed before, and is refused for anything else.
 */
export async function fileRequest(
  actor: Actor,
  input: FileRequestInput,
  now = new Date(),
): Promise<{ id: string; reference: string }> {
  const asked = parseInput(fileRequestInput, input)
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: asked.subscriberId } })
  authorize(
    actor,
    'request.file',
    { carrierId: subscriber?.carrierId ?? null, subscriberId: asked.subscriberId },
    'subscriber',
  )
  if (!subscriber) throw notFound('subscriber')
  requireFreshProof(actor)

  const before = await filedBefore(actor, asked)
  if (before) return before
  const account = await reader(actor).deviceAccount.findFirst({
    where: { id: asked.accountId, subscriberId: subscriber.id, status: { not: 'removed' } },
  })
  if (!account) throw badInput('accountId', 'no-such-account', 'There is no such device account.')
  const holdings = await reader(actor).holding.findMany({
    where: {
      id: { in: asked.holdingIds },
      subscriberId: subscriber.id,
      batch: { status: { in: ['accepted', 'released'] } },
    },
    orderBy: { asOf: 'desc' },
  })
  if (holdings.length !== new Set(asked.holdingIds).size) {
    throw badInput('holdingIds', 'no-such-holding', 'Some of what was asked for was not recovered for this subscriber.')
  }
  const ids = new Set(asked.holdingIds)
  if (asked.choices.some(choice => !ids.has(choice.holdingId))) {
    throw badInput('choices', 'no-such-holding', 'A choice is about a record that the request does not ask for.')
  }

  const { carrierId } = subscriber
  try {
    return await transaction(actor, async tx => {
      await refuseHeld(tx, subscriber.id, now, account)
      const request = await tx.restoreRequest.create({
        data: {
          carrierId,
          reference: newReference(),
          subscriberId: subscriber.id,
          accountId: account.id,
          rule: asked.rule,
          filingKey: asked.filingKey,
          filedAt: now,
          items: {
            create: holdings.map(({ id, category }, position) => ({ carrierId, category, holdingId: id, position })),
          },
          choices: { create: asked.choices.map(choice => ({ carrierId, ...choice })) },
        },
      })
      await openTicket(tx, request, request.filedAt)
      const data = {
        subscriberId: subscriber.id,
        accountId: account.id,
        holdingIds: asked.holdingIds,
        rule: asked.rule,
      }
      await recordEvent(tx, actor, { subject: `request:${request.id}`, kind: 'request.filed', carrierId, data }, now)
      return { id: request.id, reference: request.reference }
    })
  } catch (error) {
    // The same form sent twice at the same moment: the second one finds what the first one filed.
    const filed = isUniqueViolation(error) ? await filedBefore(actor, asked) : null
    if (filed) return filed
    throw error
  }
}

type Asked = z.output<typeof fileRequestInput>

/** What the key has filed, or null. Refuses where that was something else than what is asked for now. */
async function filedBefore(actor: Actor, asked: Asked): Promise<{ id: string; reference: string } | null> {
  const { subscriberId, filingKey } = asked
  const before = await reader(actor).restoreRequest.findUnique({
    where: { subscriberId_filingKey: { subscriberId, filingKey } },
    include: { items: { select: { holdingId: true } }, choices: true },
  })
  if (before === null) return null
  const parts = await partsOf(reader(actor), before.id)
  const holdingIds = [...before.items, ...parts.flatMap(({ items }) => items)].map(({ holdingId }) => holdingId)
  const choices = [...before.choices, ...parts.flatMap(part => part.choices)]
  // Two people may have changed the rule since, to one that nobody can file.
  const rule = before.rule === 'overwrite' ? asked.rule : before.rule
  if (contentOf({ ...before, rule, holdingIds, choices }) !== contentOf(asked))
    throw wrongState('key-used', 'This filing key has filed a request for something else.')
  return { id: before.id, reference: before.reference }
}

/** What was split off it since, and off that: it was all filed by the one form. */
async function partsOf(db: Tx, splitFromId: string) {
  const shape = { items: { select: { holdingId: true } }, choices: true } as const
  const found = await db.restoreRequest.findMany({ where: { splitFromId }, include: shape })
  const further: typeof found = []
  for (const { id } of found) further.push(...(await partsOf(db, id)))
  return [...found, ...further]
}

interface Wish extends Pick<Asked, 'accountId' | 'holdingIds'> {
  rule: ConflictRule
  choices: { holdingId: string; ordinal: number; leaveOut: boolean; rule: ConflictRule | null }[]
}

/** Equal for the same wishes, in whatever order they were said. */
const contentOf = ({ accountId, rule, holdingIds, choices }: Wish): string =>
  JSON.stringify([
    [accountId, rule],
    [...new Set(holdingIds)].sort(),
    choices.map(one => `${one.holdingId} ${one.ordinal} ${one.leaveOut} ${one.rule}`).sort(),
  ])
