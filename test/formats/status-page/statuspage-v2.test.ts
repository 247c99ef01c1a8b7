import { describe, expect, it } from 'vitest'
import {
  activeMaintenancesFile,
  componentsFile,
  incidentsFile,
  maintenancesFile,
  statusFile,
  statuspageFiles,
  summaryFile,
  unresolvedIncidentsFile,
  upcomingMaintenancesFile,
} from '@/formats/status-page/statuspage-v2'
import { at, component, incident, maintenance, page, update } from './page-fixture'

const phases = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] as const
const maintenancePhases = ['scheduled', 'in_progress', 'verifying', 'completed'] as const
const everything = page({
  components: [component('group', { isGroup: true }), component('child', { groupId: 'group' }), component('alone')],
  incidents: [
    ...phases.map((status, index) => incident(10 - index, { status })),
    ...maintenancePhases.map((status, index) => maintenance(5 - index, { status })),
  ],
})
const pageBody = {
  id: 'page-1',
  name: 'Homeward',
  url: 'https://status.example.com',
  time_zone: 'America/Los_Angeles',
  updated_at: '2009-10-10T12:00:00.500Z',
}
const states = (some: { status: string }[]): string[] => some.map(({ status }) => status)

describe('the files for Statuspage clients', () => {
  it('are one for each endpoint, each with the page', () => {
    const files = statuspageFiles(everything)
    expect(files.map(({ path }) => path)).toEqual([
      '/api/v2/status.json',
      '/api/v2/components.json',
      '/api/v2/incidents.json',
      '/api/v2/incidents/unresolved.json',
      '/api/v2/scheduled-maintenances.json',
      '/api/v2/scheduled-maintenances/upcoming.json',
      '/api/v2/scheduled-maintenances/active.json',
      '/api/v2/summary.json',
    ])
    expect(files.map(({ body }) => JSON.parse(body))).toEqual([
      statusFile(everything),
      componentsFile(everything),
      incidentsFile(everything),
      unresolvedIncidentsFile(everything),
      maintenancesFile(everything),
      upcomingMaintenancesFile(everything),
      activeMaintenancesFile(everything),
      summaryFile(everything),
    ])
    for (const { body } of files) expect(JSON.parse(body).page).toEqual(pageBody)
  })

  it('say how things stand', () => {
    expect(statusFile(everything)).toEqual({
      page: pageBody,
      status: { indicator: 'critical', description: 'Contacts cannot be reached.' },
    })
  })

  it('give each component in full, a group with its children', () => {
    const group = component('group', { isGroup: true, position: 3, description: 'All of it', startDate: '2009-10-01' })
    const child = component('child', {
      groupId: 'group',
      status: 'major_outage',
      showcase: false,
      onlyShowIfDegraded: true,
    })
    const common = {
      created_at: '2009-10-01T00:00:00.000Z',
      updated_at: '2009-10-02T00:00:00.000Z',
      page_id: 'page-1',
    }
    expect(componentsFile(page({ components: [group, child] })).components).toEqual([
      {
        ...common,
        id: 'group',
        name: 'Name of group',
        status: 'operational',
        position: 3,
        description: 'All of it',
        showcase: true,
        start_date: '2009-10-01',
        group_id: null,
        group: true,
        only_show_if_degraded: false,
        components: ['child'],
      },
      {
        ...common,
        id: 'child',
        name: 'Name of child',
        status: 'major_outage',
        position: 1,
        description: null,
        showcase: false,
        start_date: null,
        group_id: 'group',
        group: false,
        only_show_if_degraded: true,
      },
    ])
  })

  it('give an incident in full', () => {
    const told = incident(7, {
      monitoringAt: at('14T00:00:00'),
      resolvedAt: at('15T00:00:00'),
      slug: 'perte/é',
      componentIds: ['alone', 'gone'],
      updates: [
        update('second', {
          status: 'identified',
          delivered: false,
          components: [{ id: 'alone', name: 'Then', oldStatus: 'operational', newStatus: 'partial_outage' }],
        }),
        update('first', { components: [] }),
      ],
    })
    const content = page({ components: everything.components, incidents: [told] })
    const [first, second] = [update('first'), update('second')]
    const common = {
      incident_id: 'incident-7',
      created_at: '2009-10-10T10:00:00.000Z',
      updated_at: '2009-10-10T10:00:00.000Z',
      display_at: '2009-10-10T09:00:00.000Z',
      custom_tweet: null,
      tweet_id: null,
    }
    expect(incidentsFile(content).incidents).toEqual([
      {
        id: 'incident-7',
        name: 'Incident 7',
        status: 'investigating',
        created_at: '2009-10-10T08:00:00.000Z',
        updated_at: '2009-10-10T11:00:00.250Z',
        monitoring_at: '2009-10-14T00:00:00.000Z',
        resolved_at: '2009-10-15T00:00:00.000Z',
        impact: 'critical',
        shortlink: 'https://status.example.com/en/incidents/perte%2F%C3%A9',
        started_at: '2009-10-02T05:00:00.000Z',
        page_id: 'page-1',
        incident_updates: [
          {
            ...common,
            id: 'second',
            status: 'identified',
            body: second.body,
            affected_components: [
              { code: 'alone', name: 'Then', old_status: 'operational', new_status: 'partial_outage' },
            ],
            deliver_notifications: false,
          },
          {
            ...common,
            id: 'first',
            status: 'investigating',
            body: first.body,
            affected_components: null,
            deliver_notifications: true,
          },
        ],
        components: [componentsFile(content).components[2]],
      },
    ])
  })

  it('leave moments that have not come null', () => {
    expect(incidentsFile(page({ incidents: [incident(1)] })).incidents[0]).toMatchObject({
      monitoring_at: null,
      resolved_at: null,
    })
  })

  it('give a maintenance its window, and an incident none', () => {
    const [planned] = maintenancesFile(page({ incidents: [maintenance(1)] })).scheduled_maintenances
    expect(planned).toMatchObject({
      impact: 'maintenance',
      scheduled_for: '2009-10-20T01:00:00.000Z',
      scheduled_until: '2009-10-20T03:00:00.000Z',
    })
    expect(incidentsFile(everything).incidents[0]).not.toHaveProperty('scheduled_for')
  })

  it('keep incidents and maintenances, and what is over and what is not, apart', () => {
    expect(states(incidentsFile(everything).incidents)).toEqual(phases)
    expect(states(unresolvedIncidentsFile(everything).incidents)).toEqual(phases.slice(0, 3))
    expect(states(maintenancesFile(everything).scheduled_maintenances)).toEqual(maintenancePhases)
    expect(states(upcomingMaintenancesFile(everything).scheduled_maintenances)).toEqual(['scheduled'])
    expect(states(activeMaintenancesFile(everything).scheduled_maintenances)).toEqual(['in_progress', 'verifying'])
    const summary = summaryFile(everything)
    expect(states(summary.incidents)).toEqual(phases.slice(0, 3))
    expect(states(summary.scheduled_maintenances)).toEqual(['scheduled', 'in_progress', 'verifying'])
    expect(summary.status).toEqual(statusFile(everything).status)
    expect(summary.components).toEqual(componentsFile(everything).components)
  })

  it('list the latest 50 of each kind, and all that is not over', () => {
    const many = Array.from({ length: 60 }, (_, index) => [incident(200 - index), maintenance(100 - index)])
    const content = page({ incidents: many.flat() })
    const ids = Array.from({ length: 50 }, (_, index) => index)
    expect(incidentsFile(content).incidents.map(({ id }) => id)).toEqual(ids.map(index => `incident-${200 - index}`))
    expect(maintenancesFile(content).scheduled_maintenances.map(({ id }) => id)).toEqual(
      ids.map(index => `incident-${100 - index}`),
    )
    expect(unresolvedIncidentsFile(content).incidents).toHaveLength(60)
    expect(upcomingMaintenancesFile(content).scheduled_maintenances).toHaveLength(60)
  })
})
