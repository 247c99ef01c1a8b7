import { z } from 'zod'
import { requireVersion } from '@/app/_shell/machine/conditions'
import { type Asked, operation } from '@/app/_shell/machine/operation'
import { linkToNext, nextCursor, pageOf, pageQuery } from '@/app/api/_catalogue/paging'
import { fingerprintOf } from '@/domain/access/fingerprint'
import { categories } from '@/domain/record/category'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { identityChecks } from '@/domain/restore/file-for-check'
import { fileForSubscriber } from '@/domain/restore/file-for-subscriber'
import { type FollowedRequest, findFollowedRequest, listFollowedRequests } from '@/domain/restore/followed-requests'
import { openStatuses } from '@/domain/restore/request-status'
import { declineReasons } from '@/domain/restore/restore-inputs'

export const requestStatuses = [...openStatuses, 'declined', 'done', 'undone'] as const

const time = z.iso.datetime()
const route = '/api/v1/restore-requests'

const restoreRequest = z
  .object({
    id: z.uuid(),
    reference: z.string().meta({ description: 'As people read it out.', example: 'HW-2K7Q-F3AA' }),
    status: z.enum(requestStatuses),
    rule: z.enum(['keep_both', 'merge', 'keep_current', 'overwrite']),
    carrier: z.string().meta({ description: 'The carrier’s short name.' }),
    subscriber: z.string().meta({ description: 'The carrier’s own account id.' }),
    deviceAccount: z.uuid(),
    categories: z.array(z.enum(categories)),
    holdings: z.array(z.uuid()),
    filedAt: time,
    decidedAt: time.nullable(),
    finishedAt: time.nullable(),
    undoUntil: time.nullable(),
    waitReason: z.string().nullable().meta({ description: 'Why it waits or is held: a code.' }),
    declineReason: z.string().nullable().meta({ description: 'Why it was declined: a code.' }),
    version: z.int().meta({ description: 'Rises with each change; the ETag says it too.' }),
  })
  .meta({ id: 'RestoreRequest' })

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export function requestBody(one: FollowedRequest): z.input<typeof restoreRequest> {
  const { subscriberId: _, deviceAccountId, subscriberAccountId, holdingIds, ...rest } = one
  return {
    ...rest,
    deviceAccount: deviceAccountId,
    subscriber: subscriberAccountId,
    holdings: holdingIds,
    filedAt: one.filedAt.toISOString(),
    decidedAt: iso(one.decidedAt),
    finishedAt: iso(one.finishedAt),
    undoUntil: iso(one.undoUntil),
  }
}

const told = (one: FollowedRequest) => ({
  body: requestBody(one),
  version: one.version,
  subscriberId: one.subscriberId,
})

const byId = z.object({ id: z.uuid() })

/** Decides on the version that the program has seen, and answers what became of it. */
async function decide(
  { actor, params: { id }, versions }: Pick<Asked<{ id: string }, unknown, unknown>, 'actor' | 'params' | 'versions'>,
  act: (seen: { requestId: string; version: number }) => Promise<unknown>,
) {
  const { version } = await findFollowedRequest(actor, id)
  requireVersion(versions, version)
  await act({ requestId: id, version })
  return told(await findFollowedRequest(actor, id))
}

export const requestOperations = [
  operation({
    id: 'listRestoreRequests',
    method: 'GET',
    route,
    verb: 'request.follow',
    tag: 'requests',
    summary: 'Restore requests, in the order in which they were filed',
    query: z.strictObject({
      status: z.enum(requestStatuses).optional(),
      subscriber: z.string().max(200).optional().meta({ description: 'The carrier’s own account id.' }),
      ...pageQuery,
    }),
    output: z.object({ requests: z.array(restoreRequest), next: nextCursor }).meta({ id: 'RestoreRequestPage' }),
    async answer({ actor, secrets, query: { status, subscriber, ...page } }) {
      const { rows, next } = await pageOf(
        secrets,
        `requests ${JSON.stringify([actor.carrierId, status, subscriber])}`,
        page,
        part => listFollowedRequests(actor, { status, accountId: subscriber, ...part }),
        ({ filedAt, id }) => ({ at: filedAt, id }),
      )
      const link = linkToNext(route, { status, subscriber, limit: page.limit }, next)
      return { body: { requests: rows.map(requestBody), next }, ...link }
    },
  }),
  operation({
    id: 'fileRestoreRequest',
    method: 'POST',
    route,
    verb: 'request.file-for',
    tag: 'requests',
    summary: 'Files a restore for a subscriber whose identity the carrier has checked itself',
    description:
      'It takes the newest that was recovered in each category, and goes to the one device account that was known before the incident. A person approves it.',
    body: z.strictObject({
      subscriber: z.string().min(1).max(500).meta({ description: 'The carrier’s own account id.' }),
      carrier: z.string().max(200).optional().meta({ description: 'Its short name: of a token for every carrier.' }),
      categories: z.array(z.enum(categories)).min(1).max(categories.length),
      rule: z.enum(['keep_both', 'merge', 'keep_current']),
      identityCheck: z.enum(identityChecks).meta({ description: 'How the carrier made sure who asked.' }),
    }),
    status: 201,
    key: 'demanded',
    output: restoreRequest,
    async answer({ actor, key, body: { subscriber, carrier = null, ...wish } }) {
      const filingKey = `program-${fingerprintOf(actor.tokenId, key).toString('hex')}`
      const { id } = await fileForSubscriber(actor, { ...wish, carrier, accountId: subscriber, filingKey })
      return { ...told(await findFollowedRequest(actor, id)), location: `${route}/${id}` }
    },
  }),
  operation({
    id: 'readRestoreRequest',
    method: 'GET',
    route: `${route}/[id]`,
    verb: 'request.follow',
    tag: 'requests',
    summary: 'One restore request',
    params: byId,
    output: restoreRequest,
    answer: async ({ actor, params: { id } }) => told(await findFollowedRequest(actor, id)),
  }),
  operation({
    id: 'approveRestoreRequest',
    method: 'POST',
    route: `${route}/[id]/approve`,
    verb: 'request.approve',
    tag: 'requests',
    summary: 'Approves a filed request, whose data then goes to the device account',
    description:
      'To an account that was not known before the incident, and what a program has filed, people decide: such a request is refused with 409 and the code "takes-person".',
    params: byId,
    body: z.strictObject({}),
    key: 'demanded',
    condition: 'demanded',
    output: restoreRequest,
    answer: asked => decide(asked, seen => approveRequest(asked.actor, seen)),
  }),
  operation({
    id: 'declineRestoreRequest',
    method: 'POST',
    route: `${route}/[id]/decline`,
    verb: 'request.decline',
    tag: 'requests',
    summary: 'Declines a filed request, with a reason that the subscriber reads',
    params: byId,
    body: z.strictObject({
      reason: z.enum(declineReasons),
      note: z.string().trim().max(2_000).optional().meta({ description: 'For the subscriber; "other" must have one.' }),
    }),
    key: 'demanded',
    condition: 'demanded',
    output: restoreRequest,
    answer: asked => decide(asked, seen => declineRequest(asked.actor, { ...seen, ...asked.body })),
  }),
]
