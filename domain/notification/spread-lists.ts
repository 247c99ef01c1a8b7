import { readAudience } from '@/domain/notice/audience'
import { audienceSql } from '@/domain/notice/audience-sql'
import { Prisma, type Tx } from '@/domain/transaction'
import type { Broadcast } from '@/prisma/generated/client'
import type { Channel } from '@/prisma/generated/enums'

/** One list of people, read in the order of their ids. Lists follow each other in the order of their names. */
export type SpreadList = { name: string } & (
  | { kind: 'subscribers'; channels: Channel[]; carrierId: string; condition: Prisma.Sql }
  /** The public's subscriptions to everything or to one of these. */
  | { kind: 'subscriptions'; channels: Channel[]; targets: string[] }
  /** Whom the broadcast of a notice has reached: of this one, or of the one that it corrects. */
  | { kind: 'reached'; noticeId: string }
)

const all = ['mail', 'sms', 'push', 'webhook'] as const satisfies readonly Channel[]

/** The list at or behind a name, null where there is none left: a carrier that joins an incident meanwhile moves no other. */
export const listFrom = (lists: readonly SpreadList[], name: string): SpreadList | null =>
  lists.find(list => list.name >= name) ?? null

/** A name that comes after this list's and before the next one's. */
export const behind = ({ name }: SpreadList): string => `${name} `

export async function spreadLists(tx: Tx, broadcast: Broadcast): Promise<SpreadList[]> {
  const { kind, incidentId, noticeId } = broadcast
  if (kind === 'notice-withdrawn') return [{ name: 'reached', kind: 'reached', noticeId: noticeId! }]
  if (kind === 'notice') return noticeLists(tx, noticeId!)
  const where = { incidentId: incidentId! }
  const carriers = await tx.incidentCarrier.findMany({ where, orderBy: { carrierId: 'asc' } })
  const components = await tx.incidentComponent.findMany({ where })
  const update = broadcast.updateId && (await tx.incidentUpdate.findUnique({ where: { id: broadcast.updateId } }))
  const spokenOf = ((update && (update.components as { id: string }[] | null)) || []).map(({ id }) => id)
  const carrierIds = carriers.map(({ carrierId }) => carrierId)
  const componentIds = [...components.map(({ componentId }) => componentId), ...spokenOf]
  return [
    ...carrierIds.map((id): SpreadList => {
      const condition = Prisma.sql`s.carrier_id = ${id}::uuid`
      return { name: `carrier:${id}`, kind: 'subscribers', channels: ['mail'], carrierId: id, condition }
    }),
    {
      name: 'public',
      kind: 'subscriptions',
      channels: [...all],
      targets: [incidentId!, ...carrierIds, ...componentIds],
    },
  ]
}

async function noticeLists(tx: Tx, noticeId: string): Promise<SpreadList[]> {
  const notice = await tx.notice.findUniqueOrThrow({ where: { id: noticeId } })
  const { carrierId, channels, incidentId, audience, correctsId } = notice
  const whom = readAudience(audience)
  const condition = audienceSql(whom, carrierId, incidentId)
  const people: SpreadList = { name: `carrier:${carrierId}`, kind: 'subscribers', channels, carrierId, condition }
  // Whoever was told what was wrong is told what is right, whether they still belong to the audience or not.
  const told: SpreadList[] = correctsId === null ? [] : [{ name: 'reached', kind: 'reached', noticeId: correctsId }]
  // A notice for a segment is nobody else's to read; without a channel nobody is told but for the sake of a correction.
  if (whom.everyone !== true || channels.length === 0) return [people, ...told]
  return [
    people,
    { name: 'public', kind: 'subscriptions', channels: [...channels, 'push', 'webhook'], targets: [carrierId] },
    ...told,
  ]
}
