import type { PublicIncident, PublicNotice, PublicStatus, PublicUpdate } from '@/domain/incident/public-status'

/** Hours after ten o'clock on 10 October 2009. */
export const at = (hours: number) => new Date(Date.UTC(2009, 9, 10, 10) + hours * 3_600_000)

export const statement = (number: number, changes: Partial<PublicUpdate> = {}): PublicUpdate => ({
  id: `u${number}`,
  number,
  status: 'investigating',
  body: { en: `Said ${number}.`, fr: `Dit ${number}.` },
  publishedAt: at(number),
  createdAt: at(number),
  backfilled: false,
  told: true,
  corrects: null,
  reason: null,
  components: null,
  ...changes,
})

export const incident = (changes: Partial<PublicIncident> = {}): PublicIncident => ({
  id: 'i1',
  number: 1,
  slug: 'lost',
  kind: 'incident',
  title: { en: 'Data is lost', fr: 'Des données sont perdues' },
  status: 'investigating',
  impact: 'major',
  impactNow: 'major',
  impactReason: null,
  startedAt: at(0),
  monitoringAt: null,
  resolvedAt: null,
  scheduledFor: null,
  scheduledUntil: null,
  createdAt: at(0),
  updatedAt: at(1),
  componentIds: [],
  carriers: [],
  updates: [],
  promises: [],
  waves: [],
  advice: [],
  counts: null,
  postmortems: [],
  ...changes,
})

export const notice = (number: number, changes: Partial<PublicNotice> = {}): PublicNotice => ({
  id: `n${number}`,
  number,
  carrier: { id: 'c1', name: 'Harbor Wireless' },
  incidentId: null,
  status: 'published',
  title: { en: `Notice ${number}`, fr: `Avis ${number}` },
  body: { en: `Told ${number}.`, fr: `Annoncé ${number}.` },
  publishedAt: at(number),
  endedAt: null,
  endReason: null,
  correctsId: null,
  ...changes,
})

export const publicStatus = (changes: Partial<PublicStatus> = {}): PublicStatus => ({
  pageId: 'p',
  name: 'Homeward',
  readAt: at(99),
  standing: { indicator: 'major', sentence: 'major' },
  reason: null,
  components: [],
  incidents: [],
  notices: [],
  ...changes,
})
