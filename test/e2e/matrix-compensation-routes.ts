import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import { reader, transaction } from '@/domain/transaction'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { activated, decided, drafted, emptyDigest } from '@/test/matrix/verb-calls-compensation'

type CompensationRoute = Extract<Route, `/account/compensation${string}` | `/admin/compensation${string}`>

const everyone = 'every-carrier'
/** One incident of each carrier, by the carrier. */
const incidents = new Map<string, string>()

async function concerned({ carrierId }: Place): Promise<string> {
  const known = incidents.get(carrierId)
  if (known) return known
  const outage = {
    slug: randomUUID(),
    titleEn: 'Outage',
    titleFr: 'Panne',
    startedAt: new Date('2009-10-01T00:00:00Z'),
  }
  const id = await transaction(everyone, async tx => {
    const incident = await tx.incident.create({ data: { ...outage, status: 'resolved' } })
    await tx.incidentCarrier.create({ data: { incidentId: incident.id, carrierId } })
    return incident.id
  })
  incidents.set(carrierId, id)
  return id
}

/** Under the place's request id: the incident of its carrier, with a draft. */
const withDraft = async (world: MatrixWorld, place: Place): Promise<Place> => {
  const incidentId = await concerned(place)
  const { carrierId } = place
  await drafted(world, { carrierId, incidentId })
  // As it was tried, whoever has saved it or asked to try it since.
  await transaction(everyone, async tx => {
    const which = { carrierId, incidentId, status: 'draft' } as const
    await tx.compensationVersion.updateMany({ where: which, data: { edition: 1, writers: [randomUUID()] } })
    const now = new Date()
    const done = { status: 'done', askedAt: now, endedAt: now, lookedAt: 10 } as const
    await tx.compensationRun.updateMany({ where: { version: which, kind: 'dry_run', edition: 1 }, data: done })
  })
  return { ...place, requestId: incidentId }
}
/** Under the place's request id the incident, and of the ticket's the number of the version that is active. */
const withActive = async (world: MatrixWorld, place: Place): Promise<Place> => {
  const incidentId = await concerned(place)
  const { carrierId } = place
  await activated(world, { carrierId, incidentId })
  const active = await reader(everyone).compensationVersion.findFirstOrThrow({
    where: { carrierId, incidentId, status: 'active' },
  })
  return { ...place, requestId: incidentId, ticketId: String(active.number) }
}
/** The same, with something that billing does not have. */
const withGrant = async (world: MatrixWorld, place: Place): Promise<Place> => {
  const ready = await withDraft(world, place)
  await decided(place, { carrierId: place.carrierId, incidentId: ready.requestId })
  return ready
}
/** Under the place's ticket id: an export of its carrier's, of nothing. */
const withExport = async (world: MatrixWorld, place: Place): Promise<Place> => {
  const ready = await withDraft(world, place)
  const { carrierId, requestId: incidentId } = ready
  const made = { madeBy: randomUUID(), madeAt: new Date(), count: 0, publicKey: '', signature: '' }
  const row = { ...made, digest: emptyDigest, carrierId, incidentId }
  return { ...ready, ticketId: (await transaction(everyone, tx => tx.compensationExport.create({ data: row }))).id }
}

// A carrier is asked for in the form: whose place is nobody's is of none.
const whose = ({ carrierId, requestId: incidentId, marks }: Place) => ({
  ...{ carrierId: marks.length > 0 ? carrierId : randomUUID(), incidentId },
})
const seen = (place: Place) => ({ ...whose(place), edition: '1' })
const form = { method: 'POST', about: 'subscriber', prepare: withDraft } as const
const file = (tail = '') => ({
  ...({ method: 'GET', data: true, about: 'subscriber', prepare: withExport } as const),
  address: (place: Place) => `/admin/compensation/exports/${place.ticketId}${tail}`,
})

/** What carriers grant after an incident. */
export const compensationRows: Record<CompensationRoute, Row> = {
  '/account/compensation': { method: 'GET', about: 'own', address: () => '/account/compensation' },
  '/admin/compensation': { method: 'GET', about: 'own', address: () => '/admin/compensation' },
  '/admin/compensation/save': {
    ...{ ...form, address: () => '/admin/compensation/save' },
    fields: place => ({
      ...{ ...seen(place), notifyDays: '5', notifyFrom: 'decision', zone: 'UTC', 'lines.0.name': 'Much' },
      ...{ 'lines.0.loss': 'significant', 'lines.0.kind': 'months', 'lines.0.months': '2' },
    }),
  },
  '/admin/compensation/try': { ...form, address: () => '/admin/compensation/try', fields: seen },
  '/admin/compensation/activate': { ...form, address: () => '/admin/compensation/activate', fields: seen },
  '/admin/compensation/withdraw': {
    ...{ ...form, prepare: withActive, address: () => '/admin/compensation/withdraw' },
    fields: place => ({ ...whose(place), number: place.ticketId, reason: 'Not agreed.' }),
  },
  '/admin/compensation/export': {
    ...{ ...form, prepare: withGrant, address: () => '/admin/compensation/export' },
    fields: place => ({ ...whose(place), exportId: randomUUID() }),
  },
  '/admin/compensation/exports/[id]': file(),
  '/admin/compensation/exports/[id]/signature': file('/signature'),
}
