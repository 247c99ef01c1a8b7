import { randomBytes, randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import { transaction } from '@/domain/transaction'
import type { NoticeStatus } from '@/prisma/generated/enums'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'

/** A notice of the place's carrier that stands in the state given, written by the authors there are, under the place's request id. */
const notice = (status: NoticeStatus) => async (world: MatrixWorld, place: Place) => {
  const authorOf = (carrierId: string | null) =>
    world.actors.flatMap(([, actor]) =>
      actor.role === 'carrier_author' && actor.carrierId === carrierId ? [actor.staffId] : [],
    )[0] ?? randomUUID()
  const [createdBy, editedBy] = [authorOf(place.carrierId), authorOf(null)]
  const data = {
    carrierId: place.carrierId,
    status,
    ...{ titleEn: 'A', titleFr: 'B', bodyEn: 'C', bodyFr: 'D' },
    audience: { everyone: true },
    channels: [],
    ...{ createdBy, editedBy },
    publishedAt: status === 'published' ? new Date() : null,
  }
  return { ...place, requestId: (await transaction('every-carrier', tx => tx.notice.create({ data }))).id }
}

const suppression = async (_world: MatrixWorld, place: Place) => {
  const { carrierId } = place
  const data = { carrierId, channel: 'mail', addressKey: randomBytes(32), reason: 'asked' } as const
  return { ...place, requestId: (await transaction('every-carrier', tx => tx.suppression.create({ data }))).id }
}

const at = (address: string) => () => address
const of =
  (tail: string, area = 'notices') =>
  (place: Place) =>
    `/carrier/${area}/${place.requestId}${tail}`
const page = (tail: string, status: NoticeStatus, allowed = [200]): Row => {
  return { method: 'GET', about: 'subscriber', prepare: notice(status), address: of(tail), allowed }
}
const form = (tail: string, status: NoticeStatus, fields: Record<string, string> = {}): Row => {
  const sent = () => ({ version: '1', ...fields })
  return { method: 'POST', about: 'subscriber', prepare: notice(status), address: of(tail), fields: sent }
}

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16)
const reasons = { reasonEn: 'Wrong.', reasonFr: 'Faux.' }
const texts = { titleEn: 'A', titleFr: 'B', bodyEn: 'C', bodyFr: 'D', smsEn: '', smsFr: '' }

/** The carrier's console. Staff of no carrier in particular write no notice: they are led to the list. */
export const noticeRows: Record<Extract<Route, `/carrier${string}`>, Row> = {
  '/carrier': { method: 'GET', about: 'own', address: at('/carrier') },
  '/carrier/templates': { method: 'GET', about: 'own', address: at('/carrier/templates'), allowed: [200, 307] },
  '/carrier/notices/new': { method: 'GET', about: 'own', address: at('/carrier/notices/new'), allowed: [200, 307] },
  '/carrier/notices/new/draft': {
    method: 'POST',
    about: 'own',
    address: at('/carrier/notices/new/draft'),
    fields: () => ({ noticeId: 'none' }),
    refused: true,
  },
  '/carrier/notices/[id]': page('', 'draft'),
  '/carrier/notices/[id]/edit': page('/edit', 'draft'),
  '/carrier/notices/[id]/edit/save': form('/edit/save', 'draft', texts),
  '/carrier/notices/[id]/preview': page('/preview', 'draft'),
  '/carrier/notices/[id]/preview/mail': {
    method: 'GET',
    about: 'subscriber',
    data: true,
    prepare: notice('draft'),
    address: of('/preview/mail?language=en'),
  },
  '/carrier/notices/[id]/submit': form('/submit', 'draft'),
  '/carrier/notices/[id]/discard': page('/discard', 'draft', [200, 307]),
  '/carrier/notices/[id]/discard/confirm': form('/discard/confirm', 'draft'),
  '/carrier/notices/[id]/template': form('/template', 'draft', { name: 'Kept' }),
  '/carrier/notices/[id]/approve': page('/approve', 'submitted'),
  '/carrier/notices/[id]/approve/confirm': form('/approve/confirm', 'submitted'),
  '/carrier/notices/[id]/return': page('/return', 'submitted'),
  '/carrier/notices/[id]/return/confirm': form('/return/confirm', 'submitted', { reason: 'Say when.' }),
  '/carrier/notices/[id]/schedule': page('/schedule', 'approved'),
  '/carrier/notices/[id]/schedule/confirm': form('/schedule/confirm', 'approved', {
    zone: 'UTC',
    scheduledFor: tomorrow,
  }),
  '/carrier/notices/[id]/unschedule': form('/unschedule', 'scheduled'),
  '/carrier/notices/[id]/publish': page('/publish', 'approved'),
  '/carrier/notices/[id]/publish/confirm': form('/publish/confirm', 'approved'),
  '/carrier/notices/[id]/correct': page('/correct', 'published'),
  '/carrier/notices/[id]/correct/confirm': form('/correct/confirm', 'published', reasons),
  '/carrier/notices/[id]/withdraw': page('/withdraw', 'published'),
  '/carrier/notices/[id]/withdraw/confirm': form('/withdraw/confirm', 'published', reasons),
  '/carrier/notices/[id]/results': page('/results', 'published'),
  // Nothing of it was sent: it leads to the results.
  '/carrier/notices/[id]/retry': page('/retry', 'published', [307]),
  '/carrier/notices/[id]/retry/confirm': {
    ...form('/retry/confirm', 'published', { broadcastId: randomUUID() }),
    refused: true,
  },
  '/carrier/overview': { method: 'GET', about: 'own', address: at('/carrier/overview') },
  '/carrier/suppressions': { method: 'GET', about: 'own', address: at('/carrier/suppressions') },
  '/carrier/suppressions/add': {
    method: 'POST',
    about: 'own',
    address: at('/carrier/suppressions/add'),
    fields: () => ({ channel: 'mail', addresses: 'rubbish' }),
    refused: true,
  },
  '/carrier/suppressions/[id]/remove': {
    method: 'GET',
    about: 'subscriber',
    prepare: suppression,
    address: of('/remove', 'suppressions'),
  },
  '/carrier/suppressions/[id]/remove/confirm': {
    method: 'POST',
    about: 'subscriber',
    prepare: suppression,
    address: of('/remove/confirm', 'suppressions'),
  },
}
