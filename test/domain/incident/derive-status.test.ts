import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deriveComponentStatus,
  deriveGroupStatus,
  deriveImpact,
  derivePageStanding,
  worse,
} from '@/domain/incident/derive-status'
import { componentStatuses } from '@/domain/incident/incident-inputs'
import {
  belongsTo,
  isAtWork,
  isOpen,
  maintenanceStatuses,
  mayFollow,
  nextStatuses,
} from '@/domain/incident/incident-status'
import type { ComponentStatus, IncidentStatus } from '@/prisma/generated/enums'

const statuses = Object.keys(nextStatuses) as IncidentStatus[]
const open = ['investigating', 'identified', 'monitoring']
const said = fc.constantFrom<ComponentStatus>(...componentStatuses)
const touching = fc.record({
  kind: fc.constantFrom('incident' as const, 'maintenance' as const),
  status: fc.constantFrom(...statuses),
  componentStatus: said,
})

describe('the lifecycle', () => {
  it.each([
    ['draft', 'investigating identified monitoring resolved'],
    ['investigating', 'investigating identified monitoring resolved'],
    ['identified', 'investigating identified monitoring resolved'],
    ['monitoring', 'investigating identified monitoring resolved'],
    ['resolved', 'investigating identified monitoring resolved'],
    ['postmortem', 'postmortem'],
    ['scheduled', 'scheduled in_progress completed'],
    ['in_progress', 'in_progress verifying completed'],
    ['verifying', 'in_progress verifying completed'],
    ['completed', 'completed'],
  ] as const)('after %s come %s', (before, after) => {
    expect(statuses.filter(one => mayFollow(before, one)).join(' ')).toBe(
      statuses.filter(one => after.split(' ').includes(one)).join(' '),
    )
  })

  it('knows what is open, what is at work, and which states are of a maintenance', () => {
    expect(statuses.filter(isOpen)).toEqual(open)
    expect(statuses.filter(isAtWork)).toEqual(['in_progress', 'verifying'])
    for (const one of statuses) {
      const ofMaintenance = (maintenanceStatuses as readonly IncidentStatus[]).includes(one)
      expect([belongsTo('maintenance', one), belongsTo('incident', one)]).toEqual([ofMaintenance, !ofMaintenance])
      expect(mayFollow(one, one), one).toBe(one !== 'draft')
    }
  })
})

describe('how a component fares', () => {
  const incident = (status: IncidentStatus, componentStatus: ComponentStatus) => ({
    kind: 'incident' as const,
    status,
    componentStatus,
  })
  const work = (status: IncidentStatus) => ({
    kind: 'maintenance' as const,
    status,
    componentStatus: 'major_outage' as const,
  })

  it.each([
    ['nothing touches it', [], 'operational'],
    ['an open incident', [incident('identified', 'partial_outage')], 'partial_outage'],
    ['one that is over', [incident('resolved', 'major_outage')], 'operational'],
    ['one that was looked back on', [incident('postmortem', 'major_outage')], 'operational'],
    ['a draft', [incident('draft', 'major_outage')], 'operational'],
    ['planned work', [work('scheduled')], 'operational'],
    ['work under way', [work('in_progress')], 'under_maintenance'],
    ['work being checked', [work('verifying')], 'under_maintenance'],
    ['work that is over', [work('completed')], 'operational'],
    [
      'work and something worse',
      [work('in_progress'), incident('monitoring', 'degraded_performance')],
      'degraded_performance',
    ],
    [
      'the worse of two',
      [incident('monitoring', 'major_outage'), incident('identified', 'partial_outage')],
      'major_outage',
    ],
  ] as const)('%s', (_, all, expected) => {
    expect(deriveComponentStatus(null, all)).toBe(expected)
  })

  it('is what a person says, whatever touches it', () => {
    fc.assert(fc.property(said, fc.array(touching), (word, all) => deriveComponentStatus(word, all) === word))
  })

  it('depends neither on the order nor on what does not touch it now, and is never better than anything open', () => {
    fc.assert(
      fc.property(fc.array(touching), all => {
        const status = deriveComponentStatus(null, all)
        expect(deriveComponentStatus(null, [...all].reverse())).toBe(status)
        const now = all.filter(one => (one.kind === 'incident' ? isOpen(one.status) : isAtWork(one.status)))
        expect(deriveComponentStatus(null, now)).toBe(status)
        for (const one of now) if (one.kind === 'incident') expect(worse(status, one.componentStatus)).toBe(status)
      }),
    )
  })

  it('in a group is the worst of it', () => {
    expect(deriveGroupStatus([])).toBe('operational')
    fc.assert(
      fc.property(fc.array(said, { minLength: 1 }), all => {
        const group = deriveGroupStatus(all)
        expect(all).toContain(group)
        for (const one of all) expect(worse(group, one)).toBe(group)
      }),
    )
  })
})

describe('the impact', () => {
  const of = (status: IncidentStatus, ...components: ComponentStatus[]) =>
    deriveImpact({ kind: 'incident', status, override: null }, components)

  it.each([
    ['identified', [], 'minor'],
    ['resolved', [], 'none'],
    ['identified', ['operational'], 'none'],
    ['identified', ['under_maintenance'], 'maintenance'],
    ['identified', ['degraded_performance'], 'minor'],
    ['identified', ['partial_outage', 'operational'], 'major'],
    ['resolved', ['operational', 'major_outage', 'partial_outage'], 'critical'],
  ] as const)('of one that is %s with %j is %s', (status, components, impact) => {
    expect(of(status, ...components)).toBe(impact)
  })

  it('is what a person says, and of a maintenance maintenance', () => {
    expect(deriveImpact({ kind: 'incident', status: 'identified', override: 'none' }, ['major_outage'])).toBe('none')
    expect(deriveImpact({ kind: 'maintenance', status: 'in_progress', override: null }, ['major_outage'])).toBe(
      'maintenance',
    )
  })
})

describe('the whole page', () => {
  it.each([
    [null, [], [], 'none', 'all-well'],
    [null, [], ['operational'], 'none', 'all-well'],
    [null, ['minor'], ['operational'], 'minor', 'minor'],
    [null, [], ['partial_outage'], 'major', 'major'],
    [null, ['minor', 'critical'], ['partial_outage'], 'critical', 'critical'],
    [null, ['maintenance'], ['under_maintenance'], 'none', 'maintenance'],
    [null, ['maintenance'], ['degraded_performance'], 'minor', 'minor'],
    ['none', ['critical'], ['major_outage'], 'none', 'all-well'],
    ['major', [], [], 'major', 'major'],
    ['maintenance', ['critical'], [], 'none', 'maintenance'],
  ] as const)('said %j, incidents %j, components %j', (override, impacts, components, indicator, sentence) => {
    expect(derivePageStanding(override, impacts, components)).toEqual({ indicator, sentence })
  })
})
