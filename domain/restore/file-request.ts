import { randomInt } from 'node:crypto'
import type { Actor } from '@/domain/actor'
import { badInput, notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type FileRequestInput, fileRequestInput } from '@/domain/restore/restore-inputs'
import { isUniqueViolation, reader, transaction } from '@/domain/transaction'

/** Files a restore request. The same filing key answers the request that it filed before. */
export async function fileRequest(actor: Actor, input: FileRequestInput): Promise<{ id: string; reference: string }> {
  const asked = parseInput(fileRequestInput, input)
  const subscriber = await reader().subscriber.findUnique({ where: { id: asked.subscriberId } })
  authorize(
    actor,
    'request.file',
    { carrierId: subscriber?.carrierId ?? null, subscriberId: asked.subscriberId },
    'subscriber',
  )
  if (!subscriber) throw notFound('subscriber')
  requireFreshProof(actor)

  const before = await filedBefore(subscriber.id, asked.filingKey)
  if (before) return before
  const account = await reader().deviceAccount.findFirst({
    where: { id: asked.accountId, subscriberId: subscriber.id, status: { not: 'removed' } },
  })
  if (!account) throw badInput('accountId', 'no-such-account', 'There is no such device account.')
  const holdings = await reader().holding.findMany({
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
    return await transaction(async tx => {
      const request = await tx.restoreRequest.create({
        data: {
          carrierId,
          reference: newReference(),
          subscriberId: subscriber.id,
          accountId: account.id,
          rule: asked.rule,
          filingKey: asked.filingKey,
          items: {
            create: holdings.map(({ id, category }, position) => ({ carrierId, category, holdingId: id, position })),
          },
          choices: { create: asked.choices.map(choice => ({ carrierId, ...choice })) },
        },
      })
      await recordEvent(tx, actor, {
        subject: `request:${request.id}`,
        kind: 'request.filed',
        carrierId,
        data: { subscriberId: subscriber.id, accountId: account.id, holdingIds: asked.holdingIds, rule: asked.rule },
      })
      return { id: request.id, reference: request.reference }
    })
  } catch (error) {
    // The same form sent twice at the same moment: the second one finds what the first one filed.
    const filed = isUniqueViolation(error) ? await filedBefore(subscriber.id, asked.filingKey) : null
    if (filed) return filed
    throw error
  }
}

function filedBefore(subscriberId: string, filingKey: string): Promise<{ id: string; reference: string } | null> {
  return reader().restoreRequest.findUnique({
    where: { subscriberId_filingKey: { subscriberId, filingKey } },
    select: { id: true, reference: true },
  })
}

/** Read out on the telephone: no letters or digits that sound or look alike. */
const alphabet = '2345679ACDEFHJKMNPQRTUVWXY'

function newReference(): string {
  const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)])
  return `HW-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}
