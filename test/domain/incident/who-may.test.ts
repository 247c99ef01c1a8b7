import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, anonymous, staffRoles, system } from '@/domain/actor'
import { addUpdate } from '@/domain/incident/add-update'
import { countIncident, countIncidents } from '@/domain/incident/count-incident'
import { findIncident } from '@/domain/incident/find-incident'
import { listComponents } from '@/domain/incident/list-components'
import { listIncidents } from '@/domain/incident/list-incidents'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'
import { moveComponent } from '@/domain/incident/move-component'
import { moveMaintenance } from '@/domain/incident/move-maintenance'
import { moveWave } from '@/domain/incident/move-wave'
import { openIncident } from '@/domain/incident/open-incident'
import { overrideComponent, overrideImpact, overridePage } from '@/domain/incident/override-status'
import { previewOpening, previewUpdate } from '@/domain/incident/preview-statement'
import { publishAdvice } from '@/domain/incident/publish-advice'
import { publishPostmortem } from '@/domain/incident/publish-postmortem'
import { runMaintenance } from '@/domain/incident/run-maintenance'
import { removeComponent, saveComponent } from '@/domain/incident/save-component'
import { scheduleMaintenance } from '@/domain/incident/schedule-maintenance'
import { stopTelling } from '@/domain/incident/stop-telling'
import { watchPromise } from '@/domain/incident/watch-promise'
import { database } from '@/gateways/database'
import { at, IncidentWorld, refusalOf } from '@/test/domain/incident/incident-world'

let world: IncidentWorld
let incidentId: string
const actors: [string, Actor][] = []
beforeAll(async () => {
  world = await IncidentWorld.begin()
  incidentId = await world.open()
  const provedAt = new Date()
  actors.push(['anonymous', anonymous], ['system', system('test')])
  actors.push(['subscriber', { role: 'subscriber', subscriberId: randomUUID(), carrierId: world.harbor, provedAt }])
  for (const role of staffRoles)
    actors.push(
      [role, { role, staffId: randomUUID(), carrierId: null, provedAt }],
      [`${role} of a carrier`, { role, staffId: randomUUID(), carrierId: world.harbor, provedAt }],
    )
}, 60_000)
afterAll(() => world.end())

const id = randomUUID()
const both = { bodyEn: 'a', bodyFr: 'b' }
const times = { scheduledFor: at(5), scheduledUntil: at(6) }
const words = { en: 'a', fr: 'b' }
const next = { nextUpdateBy: at(3) }

const managers = ['incident_manager', 'system']
const keepers = ['administrator', ...managers]
const readers = ['auditor', ...keepers]

/** Every verb and finder of incidents, and who may call it; whoever may is refused for another reason, or answered. */
const verbs: [string, string[], (actor: Actor) => Promise<unknown>][] = [
  ['openIncident', managers, actor => openIncident(actor, world.opening(), at(0))],
  ['addUpdate', managers, actor => addUpdate(actor, { incidentId: id, status: 'identified', ...both, ...next }, at(0))],
  ['previewOpening', managers, actor => previewOpening(actor, world.opening(), at(0))],
  [
    'previewUpdate',
    managers,
    actor => previewUpdate(actor, { incidentId: id, status: 'identified', ...both, ...next }, at(0)),
  ],
  [
    'scheduleMaintenance',
    managers,
    actor => scheduleMaintenance(actor, { titleEn: 'a', titleFr: 'b', ...both, ...times }, at(0)),
  ],
  ['moveMaintenance', managers, actor => moveMaintenance(actor, { incidentId: id, ...both, ...times }, at(0))],
  [
    'runMaintenance',
    managers,
    actor => runMaintenance(actor, id, { begun: words, ended: words, overruns: words }, at(0)),
  ],
  ['moveWave', managers, actor => moveWave(actor, { incidentId: id, category: 'notes', status: 'paused' }, at(0))],
  ['publishAdvice', managers, actor => publishAdvice(actor, { incidentId: id }, at(0))],
  [
    'publishPostmortem',
    managers,
    actor => publishPostmortem(actor, { incidentId: id, ...both, saidEn: 'a', saidFr: 'b' }, at(0)),
  ],
  ['overrideImpact', managers, actor => overrideImpact(actor, { incidentId: id, override: false })],
  ['stopTelling', managers, actor => stopTelling(actor, { incidentId: id, broadcastId: id })],
  ['watchPromise', managers, actor => watchPromise(actor, id, at(0))],
  ['overrideComponent', keepers, actor => overrideComponent(actor, { componentId: id, override: false })],
  ['overridePage', keepers, actor => overridePage(actor, { override: false })],
  ['saveComponent', keepers, actor => saveComponent(actor, { nameEn: 'a', nameFr: 'b' })],
  ['moveComponent', keepers, actor => moveComponent(actor, { componentId: id, to: 'up' })],
  ['removeComponent', keepers, actor => removeComponent(actor, id)],
  ['listIncidents', readers, actor => listIncidents(actor)],
  ['findIncident', readers, actor => findIncident(actor, id)],
  ['listComponents', readers, actor => listComponents(actor)],
  ['listStatementChoices', readers, actor => listStatementChoices(actor)],
  ['countIncident', ['system'], actor => countIncident(actor, incidentId)],
  ['countIncidents', ['system'], actor => countIncidents(actor)],
]

describe.each(verbs)('%s', (_, allowed, call) => {
  it(`is for ${allowed.join(', ')}`, async () => {
    const may: string[] = []
    for (const [name, actor] of actors) {
      const before = await database().event.count()
      const refusal = await refusalOf(call(actor))
      if (refusal !== 'not-allowed') may.push(name)
      else expect(await database().event.count()).toBe(before)
    }
    expect(may.sort()).toEqual([...allowed].sort())
  })
})
