import { randomInt, randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import { transaction } from '@/domain/transaction'
import { accessRows } from '@/test/e2e/matrix-access-routes'
import { behalfRows } from '@/test/e2e/matrix-behalf-routes'
import { compensationRows } from '@/test/e2e/matrix-compensation-routes'
import { conversationRows } from '@/test/e2e/matrix-conversation-routes'
import { crossingRows } from '@/test/e2e/matrix-crossing-routes'
import { decisionRows } from '@/test/e2e/matrix-decision-routes'
import { guardRows } from '@/test/e2e/matrix-guard-routes'
import { handRows } from '@/test/e2e/matrix-hand-routes'
import { incidentRows } from '@/test/e2e/matrix-incident-routes'
import { joinedRows } from '@/test/e2e/matrix-joined-routes'
import { lookRows } from '@/test/e2e/matrix-look-routes'
import { mailRows } from '@/test/e2e/matrix-mail-routes'
import { massRows } from '@/test/e2e/matrix-mass-routes'
import { noticeRows } from '@/test/e2e/matrix-notice-routes'
import { passkeyRows } from '@/test/e2e/matrix-passkey-routes'
import { queueRows } from '@/test/e2e/matrix-queue-routes'
import { retentionRows } from '@/test/e2e/matrix-retention-routes'
import { ruleRows } from '@/test/e2e/matrix-rule-routes'
import { serviceRows } from '@/test/e2e/matrix-service-routes'
import { subscribeRows } from '@/test/e2e/matrix-subscribe-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'

type Fields = Record<string, string>

interface Get {
  method: 'GET'
  /** Answers a file or a stream, not a page: without a session 401 instead of the way to the sign-in. */
  data?: boolean
  /** It notes who has the page open, and changes nothing else. */
  notesPresence?: true
}
interface Post {
  method: 'POST'
  /** What the form holds beside the token. */
  fields?: (place: Place) => Fields
  /** Where an accepted form leads to a page that says what was entered, as a refused one does. */
  shows?: RegExp
}

/**
 * subscriber: about something that belongs to one. own: about whoever asks. batch: about what is no carrier's. open: for
 * anybody, or whoever has a session. gone: only in a demonstration. machine: for programs with a token, and for no session.
 */
export type Row = (Get | Post) & {
  about: 'subscriber' | 'own' | 'batch' | 'open' | 'gone' | 'machine'
  address: (place: Place, world: MatrixWorld) => string
  /** Statuses of an allowed answer; 200 unless said otherwise. */
  allowed?: number[]
  /** Makes what an allowed post uses up. */
  prepare?: (world: MatrixWorld, place: Place) => Promise<Place>
  /** Where even whoever may do it meets this refusal, because of how the world stands. */
  refused?: true
}

const at = (address: string) => () => address
// A number may be asked about five times in a while.
const someNumber = () => `+1 206 555 0${randomInt(100, 200)}`
const filed = async (world: MatrixWorld, place: Place) => ({ ...place, requestId: await world.file(place) })
const halted = (status: 'done' | 'waiting') => async (world: MatrixWorld, place: Place) => ({
  ...place,
  requestId: await world.halted(place, status),
})
/** An incident of every carrier, under the place's request id. */
const publicIncident = async (_world: MatrixWorld, place: Place) => {
  const id = await transaction('every-carrier', async tx => {
    const carriers = { create: (await tx.carrier.findMany()).map(({ id: carrierId }) => ({ carrierId })) }
    const data = {
      slug: randomUUID(),
      titleEn: 'A',
      titleFr: 'B',
      status: 'identified',
      startedAt: new Date(),
    } as const
    return (await tx.incident.create({ data: { ...data, carriers } })).id
  })
  return { ...place, requestId: id }
}
const page = { method: 'GET' } as const
const form = { method: 'POST' } as const
const own = { about: 'own', method: 'GET' } as const
const record = (tail: string) => (place: Place) => `/account/records/${place.photos}${tail}`
const request =
  (area: string, tail = '') =>
  (place: Place) =>
    `/${area}/${place.requestId}${tail}`
const answers = (place: Place): URLSearchParams =>
  new URLSearchParams({
    take: place.contacts,
    extent: 'all',
    account: place.accountId,
    rule: 'merge',
    key: randomUUID(),
  })
const step = (name: string) => (place: Place) => `/account/restore${name}?${answers(place)}`
const version = (): Fields => ({ version: '1', seen: '0' })
const approvedVersion = (): Fields => ({ version: '2', seen: '0' })

/** Every route and how it is asked. One that is missing here fails a test. */
export const rows: Record<Route, Row> = {
  '/': { ...page, about: 'open', address: at('/'), allowed: [307] },
  '/healthz': { ...page, about: 'open', address: at('/healthz') },
  // No worker is up here.
  '/readyz': { ...page, about: 'open', address: at('/readyz'), allowed: [503] },
  '/language': { ...form, about: 'open', address: at('/language'), fields: () => ({ language: 'fr', next: '/' }) },
  '/api/auth/[...nextauth]': { ...page, about: 'open', address: at('/api/auth/session') },
  '/demo/mail': { ...page, about: 'gone', address: at('/demo/mail') },
  '/demo/mail/[mail]': { ...page, about: 'gone', address: at('/demo/mail/1') },
  '/demo/mail/[mail]/body': { ...page, data: true, about: 'gone', address: at('/demo/mail/1/body') },
  '/demo/sms': { ...page, about: 'gone', address: at('/demo/sms') },

  '/sign-in': { ...page, about: 'open', address: at('/sign-in'), allowed: [200, 307] },
  '/sign-in/send': {
    ...form,
    shows: /^\/sign-in\/sent\?/,
    about: 'open',
    address: at('/sign-in/send'),
    fields: () => ({ email: `${randomUUID()}@people.example` }),
  },
  '/sign-in/sent': { ...page, about: 'open', address: at('/sign-in/sent'), allowed: [200, 307] },
  '/sign-in/link': { ...page, about: 'open', address: at('/sign-in/link?token=none') },
  '/sign-in/link/use': {
    ...form,
    about: 'open',
    address: at('/sign-in/link/use'),
    fields: () => ({ linkToken: 'none' }),
    refused: true,
  },
  '/sign-in/whose': { ...page, about: 'open', address: at('/sign-in/whose'), allowed: [200, 307] },
  '/sign-in/whose/choose': {
    ...form,
    about: 'open',
    address: at('/sign-in/whose/choose'),
    // Nobody but its own mailbox may become somebody.
    fields: () => ({ person: randomUUID() }),
    refused: true,
  },
  '/sign-in/again': { ...page, about: 'open', address: at('/sign-in/again?next=/account'), allowed: [200, 307] },
  '/sign-in/code': { ...page, about: 'open', address: at('/sign-in/code') },
  '/sign-in/code/send': {
    ...form,
    shows: /^\/sign-in\/code\/enter\?/,
    about: 'open',
    address: at('/sign-in/code/send'),
    fields: () => ({ number: someNumber() }),
  },
  '/sign-in/code/enter': { ...page, about: 'open', address: at('/sign-in/code/enter'), allowed: [307] },
  '/sign-in/code/use': {
    ...form,
    about: 'open',
    address: at('/sign-in/code/use'),
    fields: () => ({ attempt: randomUUID(), code: '1234 5678' }),
    refused: true,
  },
  '/sign-out': { ...form, about: 'open', address: at('/sign-out') },

  '/account': { ...own, address: at('/account') },
  '/account/missing': { ...own, address: at('/account/missing') },
  '/account/records': { ...own, address: at('/account/records'), allowed: [307] },
  '/account/records/[id]': { ...page, about: 'subscriber', address: record('') },
  '/account/records/[id]/[ordinal]': { ...page, about: 'subscriber', address: record('/0') },
  '/account/records/[id]/[ordinal]/preview': {
    ...page,
    data: true,
    about: 'subscriber',
    address: record('/0/preview'),
  },
  '/account/records/[id]/[ordinal]/original': {
    ...page,
    data: true,
    about: 'subscriber',
    address: record('/0/original'),
  },
  '/account/download': { ...own, address: at('/account/download') },
  '/account/download/archive': { ...own, data: true, address: at('/account/download/archive') },

  '/account/devices': { ...own, address: at('/account/devices') },
  '/account/devices/new': { ...own, address: at('/account/devices/new') },
  '/account/devices/new/add': {
    ...form,
    about: 'own',
    address: at('/account/devices/new/add'),
    // Private, and not among the hosts that may be reached all the same.
    fields: () => ({ url: 'http://127.0.0.1:9/' }),
    refused: true,
  },
  '/account/devices/[id]': { ...page, about: 'subscriber', address: place => `/account/devices/${place.accountId}` },
  '/account/devices/[id]/password': {
    ...page,
    about: 'subscriber',
    prepare: async (world, place) => ({ ...place, accountId: await world.accountWithPassword(place) }),
    address: place => `/account/devices/${place.accountId}/password`,
  },
  '/account/devices/[id]/password/save': {
    ...form,
    about: 'subscriber',
    address: place => `/account/devices/${place.accountId}/password/save`,
    fields: () => ({ password: 'another' }),
  },

  '/account/restore': { ...own, address: step('') },
  '/account/restore/records': { ...own, address: step('/records') },
  '/account/restore/choose': { ...own, address: step('/choose') },
  '/account/restore/account': { ...own, address: step('/account') },
  '/account/restore/rule': { ...own, address: step('/rule') },
  '/account/restore/check': { ...own, address: step('/check') },
  '/account/restore/file': {
    ...form,
    about: 'own',
    address: at('/account/restore/file'),
    fields: place => ({ answers: String(answers(place)) }),
  },

  '/account/incidents': { ...own, address: at('/account/incidents') },
  '/account/incidents/[id]': {
    ...own,
    prepare: publicIncident,
    address: place => `/account/incidents/${place.requestId}`,
  },

  '/account/restores': { ...own, address: at('/account/restores') },
  '/account/restores/[id]': { ...page, about: 'subscriber', address: request('account/restores') },
  '/account/restores/[id]/filed': { ...page, about: 'subscriber', address: request('account/restores', '/filed') },
  '/account/restores/[id]/events': {
    ...page,
    data: true,
    about: 'subscriber',
    address: request('account/restores', '/events?once=1'),
  },
  '/account/restores/[id]/report': { ...page, about: 'subscriber', address: request('account/restores', '/report') },
  '/account/restores/[id]/resume': {
    ...form,
    about: 'subscriber',
    address: request('account/restores', '/resume'),
    prepare: halted('waiting'),
  },
  '/account/restores/[id]/looks-right': {
    ...form,
    about: 'subscriber',
    address: request('account/restores', '/looks-right'),
    prepare: halted('done'),
  },
  '/account/restores/[id]/undo': {
    ...page,
    about: 'subscriber',
    address: request('account/restores', '/undo'),
    prepare: halted('done'),
  },
  '/account/restores/[id]/undo/confirm': {
    ...form,
    about: 'subscriber',
    address: request('account/restores', '/undo/confirm'),
    prepare: halted('done'),
  },

  '/support': { ...own, address: at('/support?status=all') },
  '/support/figures': { ...own, address: at('/support/figures') },
  '/support/figures/table': { ...own, data: true, address: at('/support/figures/table') },
  '/support/requests/[id]': {
    ...page,
    about: 'subscriber',
    address: request('support/requests'),
    notesPresence: true,
  },
  '/support/requests/[id]/approve': {
    ...form,
    about: 'subscriber',
    address: request('support/requests', '/approve'),
    fields: version,
    prepare: filed,
  },
  '/support/requests/[id]/decline': {
    ...form,
    about: 'subscriber',
    address: request('support/requests', '/decline'),
    fields: () => ({ ...version(), reason: 'asked-twice' }),
    prepare: filed,
  },
  '/support/requests/[id]/resume': {
    ...form,
    about: 'subscriber',
    address: request('support/requests', '/resume'),
    fields: approvedVersion,
    prepare: halted('waiting'),
  },
  ...handRows,
  '/support/next': { ...form, about: 'own', address: at('/support/next') },
  '/support/requests/[id]/take': {
    ...form,
    about: 'subscriber',
    address: request('support/requests', '/take'),
    prepare: filed,
  },
  '/support/requests/[id]/leave': {
    ...form,
    about: 'subscriber',
    address: request('support/requests', '/leave'),
    prepare: filed,
  },

  ...accessRows,
  ...retentionRows,
  ...serviceRows,
  ...compensationRows,
  ...noticeRows,
  ...incidentRows,
  ...passkeyRows,
  ...queueRows,
  ...subscribeRows,

  '/admin': { ...page, about: 'batch', address: at('/admin') },
  '/admin/look': { ...form, about: 'batch', address: at('/admin/look') },
  '/admin/batches/[id]': { ...page, about: 'batch', address: (_, { batchId }) => `/admin/batches/${batchId}` },
  '/admin/batches/[id]/exceptions': {
    ...page,
    about: 'batch',
    address: (_, { batchId }) => `/admin/batches/${batchId}/exceptions`,
  },
  '/admin/batches/[id]/decide': {
    ...form,
    about: 'batch',
    address: (_, { doubtfulId }) => `/admin/batches/${doubtfulId}/decide`,
    fields: () => ({ use: 'yes', status: 'quarantined', reason: 'Looked at.' }),
  },
  '/admin/batches/[id]/look-again': {
    ...form,
    about: 'batch',
    address: (_, { batchId }) => `/admin/batches/${batchId}/look-again`,
    refused: true,
  },
  '/admin/work': { ...page, about: 'batch', address: at('/admin/work') },
  '/admin/work/retry': {
    ...form,
    about: 'batch',
    address: at('/admin/work/retry'),
    fields: () => ({ taskId: '999999999' }),
    refused: true,
  },
  '/admin/work/resume': {
    ...form,
    about: 'subscriber',
    address: at('/admin/work/resume'),
    fields: ({ requestId, reference }) => ({ requestId, reference }),
    prepare: halted('waiting'),
  },
  '/admin/people': { ...page, about: 'batch', address: at('/admin/people') },
  ...conversationRows,
  ...joinedRows,
  ...mailRows,
  ...crossingRows,
  ...decisionRows,
  ...behalfRows,
  ...massRows,
  ...ruleRows,
  // Last: whoever is made ready for one of them is frozen.
  ...guardRows,
  ...lookRows,
}
