import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import { system } from '@/domain/actor'
import { openIncident } from '@/domain/incident/open-incident'
import { saveComponent } from '@/domain/incident/save-component'
import { scheduleMaintenance } from '@/domain/incident/schedule-maintenance'
import { reader } from '@/domain/transaction'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { askedRelease } from '@/test/matrix/verb-calls-release'

const operator = system('test')
const hour = 3_600_000
/** As a form's field has a moment, on the clock of UTC. */
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString().slice(0, 16)
const names = { titleEn: 'A', titleFr: 'B' }
const words = { bodyEn: 'C', bodyFr: 'D' }

/** What was made stands under the place's request id, and its version where the reference is. */
const of = (place: Place, requestId: string, version: number): Place => ({
  ...place,
  requestId,
  reference: String(version),
})

const incident = (status: 'identified' | 'resolved') => async (_world: MatrixWorld, place: Place) => {
  const now = new Date()
  const nextUpdateBy = status === 'resolved' ? null : new Date(now.getTime() + hour)
  const { id } = await openIncident(operator, { ...names, ...words, status, startedAt: now, nextUpdateBy, tell: false })
  return of(place, id, (await reader('every-carrier').incident.findUniqueOrThrow({ where: { id } })).version)
}

const maintenance = async (_world: MatrixWorld, place: Place) => {
  const [scheduledFor, scheduledUntil] = [new Date(Date.now() + hour), new Date(Date.now() + 2 * hour)]
  const { id } = await scheduleMaintenance(operator, { ...names, ...words, scheduledFor, scheduledUntil, tell: false })
  return of(place, id, (await reader('every-carrier').incident.findUniqueOrThrow({ where: { id } })).version)
}

const component = async (_world: MatrixWorld, place: Place) =>
  of(place, (await saveComponent(operator, { nameEn: 'A', nameFr: 'B' })).id, 1)

type Made = NonNullable<Row['prepare']>
type Fields = Record<string, string>
type Posted = Extract<Row, { method: 'POST' }>
const at = (address: string) => () => address
const below =
  (area: string, tail = '') =>
  (place: Place) =>
    `/admin/${area}/${place.requestId}${tail}`
const page = (address: Row['address'], prepare?: Made): Row => ({
  ...{ method: 'GET', about: 'batch', address },
  ...(prepare && { prepare }),
})
const form = (address: Row['address'], fields: (place: Place) => Fields, prepare?: Made): Posted => ({
  ...{ method: 'POST', about: 'batch', address, fields },
  ...(prepare && { prepare }),
})
/** A form that was sent wrongly, or about something that is not there: it changes nothing. */
const refused = (row: Row): Row => ({ ...row, refused: true })

/** Somebody asked whether its contacts are given out: the question's id stands where the reference is. */
const released = async (world: MatrixWorld, place: Place) => {
  const made = await incident('identified')(world, place)
  return { ...made, reference: await askedRelease(made.requestId) }
}
const aboutRelease = ({ reference }: Place): Fields => ({ decision: reference, category: 'contacts' })

const said = () => ({ ...words, key: randomUUID(), zone: 'UTC', nextUpdateBy: inHours(2), tell: 'no' })
const opening = (): Fields => ({ ...said(), ...names, status: 'identified', startedAt: inHours(-1) })
const update = ({ reference }: Place): Fields => ({ ...said(), version: reference, seen: '1', status: 'monitoring' })
const named = { nameEn: 'A', nameFr: 'B' }

type IncidentRoute = Extract<Route, `/admin/incidents${string}` | `/admin/components${string}`>

/** The console of incidents and components: all of it belongs to no carrier. */
export const incidentRows: Record<IncidentRoute, Row> = {
  '/admin/incidents': page(at('/admin/incidents')),
  '/admin/incidents/new': page(at('/admin/incidents/new')),
  '/admin/incidents/new/check': { ...form(at('/admin/incidents/new/check'), opening), shows: /\/preview\?/ },
  // Nothing was entered before: it leads back to the form.
  '/admin/incidents/new/preview': { ...page(at('/admin/incidents/new/preview')), allowed: [307] },
  '/admin/incidents/new/open': form(at('/admin/incidents/new/open'), opening),
  '/admin/incidents/maintenance': page(at('/admin/incidents/maintenance')),
  '/admin/incidents/maintenance/schedule': form(at('/admin/incidents/maintenance/schedule'), () => ({
    ...{ ...names, ...words, key: randomUUID(), zone: 'UTC', tell: 'no' },
    ...{ scheduledFor: inHours(1), scheduledUntil: inHours(2) },
  })),

  '/admin/incidents/[id]': page(below('incidents'), incident('identified')),
  '/admin/incidents/[id]/say': page(below('incidents', '/say'), incident('identified')),
  '/admin/incidents/[id]/say/check': {
    ...form(below('incidents', '/say/check'), update, incident('identified')),
    shows: /\/preview\?/,
  },
  '/admin/incidents/[id]/say/preview': {
    ...page(below('incidents', '/say/preview'), incident('identified')),
    allowed: [307],
  },
  '/admin/incidents/[id]/say/publish': form(below('incidents', '/say/publish'), update, incident('identified')),
  '/admin/incidents/[id]/wave': page(below('incidents', '/wave?category=contacts'), incident('identified')),
  '/admin/incidents/[id]/wave/move': form(
    below('incidents', '/wave/move'),
    () => ({ version: '1', zone: 'UTC', category: 'contacts', status: 'validating' }),
    incident('identified'),
  ),
  '/admin/incidents/[id]/wave/agree': form(below('incidents', '/wave/agree'), aboutRelease, released),
  '/admin/incidents/[id]/wave/refuse': form(below('incidents', '/wave/refuse'), aboutRelease, released),
  // Somebody else has asked.
  '/admin/incidents/[id]/wave/withdraw': refused(form(below('incidents', '/wave/withdraw'), aboutRelease, released)),
  '/admin/incidents/[id]/advice': page(below('incidents', '/advice'), incident('identified')),
  '/admin/incidents/[id]/advice/publish': form(
    below('incidents', '/advice/publish'),
    () => ({ after: '0', doEn: 'A', doFr: 'B', doNotEn: '', doNotFr: '' }),
    incident('identified'),
  ),
  '/admin/incidents/[id]/carriers': page(below('incidents', '/carriers'), incident('identified')),
  '/admin/incidents/[id]/carriers/add': form(
    below('incidents', '/carriers/add'),
    ({ carrierId }) => ({ carriers: carrierId }),
    incident('identified'),
  ),
  '/admin/incidents/[id]/impact': page(below('incidents', '/impact'), incident('identified')),
  '/admin/incidents/[id]/impact/set': form(
    below('incidents', '/impact/set'),
    () => ({ impact: 'major', reasonEn: 'Many are touched.', reasonFr: 'Beaucoup sont touchés.' }),
    incident('identified'),
  ),
  '/admin/incidents/[id]/postmortem': page(below('incidents', '/postmortem'), incident('resolved')),
  '/admin/incidents/[id]/postmortem/publish': form(
    below('incidents', '/postmortem/publish'),
    () => ({ ...words, saidEn: 'E', saidFr: 'F', tell: 'no', after: '0' }),
    incident('resolved'),
  ),
  '/admin/incidents/[id]/move': page(below('incidents', '/move'), maintenance),
  '/admin/incidents/[id]/move/save': form(
    below('incidents', '/move/save'),
    ({ reference }) => ({
      ...{ ...words, version: reference, zone: 'UTC', tell: 'no' },
      ...{ scheduledFor: inHours(3), scheduledUntil: inHours(4) },
    }),
    maintenance,
  ),
  '/admin/incidents/[id]/retry': refused(
    form(below('incidents', '/retry'), () => ({ broadcastId: randomUUID() }), incident('identified')),
  ),
  '/admin/incidents/[id]/stop': refused(
    form(below('incidents', '/stop'), () => ({ broadcastId: randomUUID() }), incident('identified')),
  ),

  '/admin/components': page(at('/admin/components')),
  '/admin/components/order': form(
    at('/admin/components/order'),
    ({ requestId }) => ({ componentId: requestId, to: 'up' }),
    component,
  ),
  '/admin/components/new': page(at('/admin/components/new')),
  '/admin/components/new/add': form(at('/admin/components/new/add'), () => ({
    ...{ ...named, key: randomUUID(), kind: 'component' },
  })),
  '/admin/components/standing': page(at('/admin/components/standing')),
  '/admin/components/standing/set': form(at('/admin/components/standing/set'), () => ({
    ...{ status: 'minor', reasonEn: 'A little.', reasonFr: 'Un peu.' },
  })),
  '/admin/components/[id]': page(below('components'), component),
  '/admin/components/[id]/save': form(below('components', '/save'), () => named, component),
  '/admin/components/[id]/override': form(
    below('components', '/override'),
    () => ({ status: 'partial_outage', reasonEn: 'We see it.', reasonFr: 'Nous le voyons.' }),
    component,
  ),
  '/admin/components/[id]/remove': form(below('components', '/remove'), () => ({}), component),
}
