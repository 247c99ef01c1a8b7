import type { FeedWords } from '@/formats/status-page/feed-words'
import type {
  AlertContent,
  ComponentContent,
  IncidentContent,
  PageContent,
  UpdateContent,
} from '@/formats/status-page/page-content'

export const at = (time: string): Date => new Date(`2009-10-${time}Z`)

export const component = (id: string, changes: Partial<ComponentContent> = {}): ComponentContent => ({
  id,
  name: `Name of ${id}`,
  description: null,
  status: 'operational',
  createdAt: at('01T00:00:00'),
  updatedAt: at('02T00:00:00'),
  position: 1,
  showcase: true,
  onlyShowIfDegraded: false,
  startDate: null,
  groupId: null,
  isGroup: false,
  ...changes,
})

export const update = (id: string, changes: Partial<UpdateContent> = {}): UpdateContent => ({
  id,
  status: 'investigating',
  body: `We look at **${id}**.`,
  bodyHtml: `<p>We look at <strong>${id}</strong>.</p>`,
  createdAt: at('10T10:00:00'),
  displayAt: at('10T09:00:00'),
  backfilled: false,
  corrects: null,
  delivered: true,
  components: null,
  ...changes,
})

export const incident = (number: number, changes: Partial<IncidentContent> = {}): IncidentContent => ({
  id: `incident-${number}`,
  number,
  slug: `slug-${number}`,
  kind: 'incident',
  title: `Incident ${number}`,
  status: 'investigating',
  impact: 'critical',
  createdAt: at('10T08:00:00'),
  updatedAt: at('10T11:00:00.250'),
  startedAt: at('02T05:00:00'),
  monitoringAt: null,
  resolvedAt: null,
  scheduledFor: null,
  scheduledUntil: null,
  componentIds: [],
  updates: [],
  ...changes,
})

export const maintenance = (number: number, changes: Partial<IncidentContent> = {}): IncidentContent =>
  incident(number, {
    kind: 'maintenance',
    status: 'scheduled',
    impact: 'maintenance',
    scheduledFor: at('20T01:00:00'),
    scheduledUntil: at('20T03:00:00'),
    ...changes,
  })

export const page = (changes: Partial<PageContent> = {}): PageContent => ({
  id: 'page-1',
  name: 'Homeward',
  url: 'https://status.example.com',
  timeZone: 'America/Los_Angeles',
  updatedAt: at('10T12:00:00.500'),
  language: 'en',
  indicator: 'critical',
  description: 'Contacts cannot be reached.',
  components: [],
  incidents: [],
  ...changes,
})

export const words: FeedWords = {
  title: 'Homeward: history & more',
  statuses: {
    investigating: 'Investigating',
    identified: 'Identified',
    monitoring: 'Monitoring',
    resolved: 'Resolved',
    postmortem: 'Postmortem',
    scheduled: 'Scheduled',
    in_progress: 'In progress',
    verifying: 'Verifying',
    completed: 'Completed',
  },
  date: moment => `on <${moment.toISOString().slice(0, 16)}>`,
  backfilled: moment => `entered on ${moment.toISOString().slice(0, 10)}`,
  corrects: ({ number, reason }) => `puts ${number} right: ${reason}`,
}

export const alert = (id: string, changes: Partial<AlertContent> = {}): AlertContent => ({
  id,
  sentAt: at('10T10:00:00.750'),
  messageType: 'Alert',
  references: [],
  isTest: false,
  severity: 'Severe',
  urgency: 'Immediate',
  certainty: 'Observed',
  onset: at('02T05:00:00'),
  expires: at('11T10:00:00'),
  texts: [
    {
      language: 'en',
      senderName: 'Example Mobile',
      event: 'Data outage',
      headline: 'Do not remove the battery',
      description: 'Contacts & calendars\nmay be lost.',
      instruction: 'Keep it <on>.',
      web: 'https://status.example.com/en/incidents/a?b=1&c=2',
    },
    {
      language: 'fr',
      senderName: 'Exemple Mobile',
      event: 'Panne de données',
      headline: 'Ne retirez pas la batterie',
      description: 'Des contacts peuvent être perdus.',
      instruction: null,
      web: 'https://status.example.com/fr/incidents/a',
    },
  ],
  areaDescription: 'Subscribers of Example Mobile',
  ...changes,
})
