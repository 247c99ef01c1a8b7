import { describe, expect, it } from 'vitest'
import { statuspageFiles } from '@/formats/status-page/statuspage-v2'
import { component, incident, maintenance, page, update } from './page-fixture'

type Field = 'text' | 'moment' | 'day' | 'count' | 'yes or no' | readonly string[] | Shape | Shape[]
interface Shape {
  /** With "?" at the end of a name for what may be null. */
  [name: string]: Field
}

const phase = [
  ...['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'],
  ...['scheduled', 'in_progress', 'verifying', 'completed'],
]
const componentState = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance']
const pageShape: Shape = { id: 'text', name: 'text', url: 'text', time_zone: 'text', updated_at: 'moment' }
const componentShape: Shape = {
  id: 'text',
  name: 'text',
  status: componentState,
  created_at: 'moment',
  updated_at: 'moment',
  position: 'count',
  'description?': 'text',
  showcase: 'yes or no',
  'start_date?': 'day',
  'group_id?': 'text',
  page_id: 'text',
  group: 'yes or no',
  only_show_if_degraded: 'yes or no',
}
const updateShape: Shape = {
  id: 'text',
  status: phase,
  body: 'text',
  incident_id: 'text',
  created_at: 'moment',
  updated_at: 'moment',
  display_at: 'moment',
  'affected_components?': [{ code: 'text', name: 'text', old_status: componentState, new_status: componentState }],
  deliver_notifications: 'yes or no',
  'custom_tweet?': 'text',
  'tweet_id?': 'count',
}
const incidentShape: Shape = {
  id: 'text',
  name: 'text',
  status: phase,
  created_at: 'moment',
  updated_at: 'moment',
  'monitoring_at?': 'moment',
  'resolved_at?': 'moment',
  impact: ['none', 'minor', 'major', 'critical', 'maintenance'],
  shortlink: 'text',
  started_at: 'moment',
  page_id: 'text',
  incident_updates: [updateShape],
  components: [componentShape],
}
const maintenanceShape: Shape = { ...incidentShape, scheduled_for: 'moment', scheduled_until: 'moment' }
const statusShape: Shape = { indicator: ['none', 'minor', 'major', 'critical'], description: 'text' }
const shapes: Record<string, Shape> = {
  'status.json': { status: statusShape },
  'components.json': { components: [componentShape] },
  'incidents.json': { incidents: [incidentShape] },
  'incidents/unresolved.json': { incidents: [incidentShape] },
  'scheduled-maintenances.json': { scheduled_maintenances: [maintenanceShape] },
  'scheduled-maintenances/upcoming.json': { scheduled_maintenances: [maintenanceShape] },
  'scheduled-maintenances/active.json': { scheduled_maintenances: [maintenanceShape] },
  'summary.json': {
    status: statusShape,
    components: [componentShape],
    incidents: [incidentShape],
    scheduled_maintenances: [maintenanceShape],
  },
}

/** Reads as strictly as a typed client does, and complains of what it does not know. */
function check(value: unknown, field: Field, where: string): void {
  if (typeof field === 'string') expect(isOf(value, field), `${where}: ${value}`).toBe(true)
  else if (!Array.isArray(field)) checkShape(value as Record<string, unknown>, field as Shape, where)
  else if (typeof field[0] !== 'object') expect(field, where).toContain(value)
  else {
    expect(Array.isArray(value), where).toBe(true)
    for (const [index, each] of (value as unknown[]).entries()) check(each, field[0], `${where}[${index}]`)
  }
}

function isOf(value: unknown, kind: string): boolean {
  if (kind === 'count') return Number.isInteger(value)
  if (kind === 'yes or no') return typeof value === 'boolean'
  if (typeof value !== 'string') return false
  if (kind === 'day') return /^\d{4}-\d\d-\d\d$/.test(value)
  return kind === 'text' || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)$/.test(value)
}

function checkShape(given: Record<string, unknown>, shape: Shape, where: string): void {
  const names = Object.keys(shape).map(name => name.replace('?', ''))
  if (given.group === true) names.push('components')
  expect(Object.keys(given).toSorted(), where).toEqual(names.toSorted())
  for (const [name, inside] of Object.entries(shape)) {
    const value = given[name.replace('?', '')]
    if (!(name.endsWith('?') && value === null)) check(value, inside, `${where}.${name}`)
  }
}

const content = page({
  components: [
    component('group', { isGroup: true, description: 'All', startDate: '2009-10-01' }),
    component('child', { groupId: 'group', status: 'major_outage' }),
  ],
  incidents: [
    incident(4, {
      componentIds: ['group', 'child'],
      updates: [
        update('b', { components: [{ id: 'child', name: 'c', oldStatus: 'operational', newStatus: 'major_outage' }] }),
        update('a'),
      ],
    }),
    incident(3, { status: 'resolved', resolvedAt: new Date() }),
    maintenance(2, { componentIds: ['child'] }),
    maintenance(1, { status: 'in_progress' }),
  ],
})

describe('a client of Statuspage', () => {
  it.each(statuspageFiles(content))('reads $path', ({ path, body }) => {
    const shape = shapes[path.replace('/api/v2/', '')]!
    check(JSON.parse(body), { page: pageShape, ...shape }, path)
  })

  it('finds the latest word, the link and the children', () => {
    const files = new Map(statuspageFiles(content).map(({ path, body }) => [path, JSON.parse(body)]))
    const { incidents, components } = files.get('/api/v2/summary.json')
    expect(incidents[0].incident_updates[0].id).toBe('b')
    expect(new URL(incidents[0].shortlink).pathname).toBe('/en/incidents/slug-4')
    expect(components[0].components).toEqual(['child'])
  })
})
