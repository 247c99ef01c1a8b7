import { addCarriers } from '@/domain/incident/add-carriers'
import { addUpdate } from '@/domain/incident/add-update'
import { countIncident, countIncidents } from '@/domain/incident/count-incident'
import { noteAdviceShown } from '@/domain/incident/find-advice'
import { findIncident } from '@/domain/incident/find-incident'
import { findOwnAdvice } from '@/domain/incident/find-own-advice'
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
import { publishStatus } from '@/domain/incident/publish-status'
import { readOwnIncident } from '@/domain/incident/read-own-incident'
import { runMaintenance } from '@/domain/incident/run-maintenance'
import { removeComponent, saveComponent } from '@/domain/incident/save-component'
import { scheduleMaintenance } from '@/domain/incident/schedule-maintenance'
import { stopTelling } from '@/domain/incident/stop-telling'
import { watchPromise } from '@/domain/incident/watch-promise'
import { reader } from '@/domain/transaction'
import type { Calls } from '@/test/matrix/verb-entry'
import { inAnHour, said } from '@/test/matrix/verb-world'

const both = { en: 'Said.', fr: 'Dit.' }
const title = { titleEn: 'Another', titleFr: 'Un autre' }
const opening = () => ({ ...said, ...title, startedAt: new Date('2009-10-02T00:00:00Z'), nextUpdateBy: inAnHour() })
const update = (incidentId: string) =>
  ({ ...said, incidentId, status: 'identified', nextUpdateBy: inAnHour() }) as const
const times = () => ({ scheduledFor: inAnHour(), scheduledUntil: new Date(Date.now() + 7_200_000) })

export const incidentCalls: Calls = {
  'incident/find-own-advice.ts findOwnAdvice': {
    verb: 'overview.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => findOwnAdvice(actor),
  },
  'incident/find-advice.ts noteAdviceShown': {
    verb: 'overview.read',
    about: 'own list',
    tells: false,
    changes: true,
    call: ({ adviceId }, actor) => noteAdviceShown(actor, { adviceId, place: 'page' }),
  },
  'incident/read-own-incident.ts readOwnIncident': {
    verb: 'overview.read',
    about: 'own list',
    tells: false,
    call: ({ houses }, actor) => readOwnIncident(actor, houses.own.incidentId, 'en'),
  },

  'incident/list-incidents.ts listIncidents': {
    verb: 'incident.console',
    about: 'all',
    call: (_, actor) => listIncidents(actor),
  },
  'incident/find-incident.ts findIncident': {
    verb: 'incident.console',
    about: 'all',
    call: ({ openId }, actor) => findIncident(actor, openId),
  },
  'incident/list-components.ts listComponents': {
    verb: 'incident.console',
    about: 'all',
    call: (_, actor) => listComponents(actor),
  },
  'incident/list-statement-choices.ts listStatementChoices': {
    verb: 'incident.console',
    about: 'all',
    call: (_, actor) => listStatementChoices(actor),
  },
  'incident/preview-statement.ts previewOpening': {
    verb: 'incident.manage',
    about: 'all',
    call: (_, actor) => previewOpening(actor, { ...opening(), tell: true }),
  },
  'incident/preview-statement.ts previewUpdate': {
    verb: 'incident.manage',
    about: 'all',
    call: ({ openId }, actor) => previewUpdate(actor, { ...update(openId), tell: true }),
  },

  'incident/open-incident.ts openIncident': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: (_, actor) => openIncident(actor, opening()),
  },
  'incident/add-update.ts addUpdate': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: ({ openId }, actor) => addUpdate(actor, update(openId)),
  },
  'incident/add-carriers.ts addCarriers': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: ({ resolvedId: incidentId, houses }, actor) =>
      addCarriers(actor, { incidentId, carrierIds: [houses.own.carrierId] }),
  },
  'incident/move-wave.ts moveWave': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: ({ openId: incidentId }, actor) =>
      moveWave(actor, { incidentId, category: 'contacts', status: 'validating' }),
  },
  'incident/publish-advice.ts publishAdvice': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: ({ openId: incidentId }, actor) => publishAdvice(actor, { incidentId, doEn: ['Wait.'], doFr: ['Attendez.'] }),
  },
  'incident/override-status.ts overrideImpact': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: ({ openId: incidentId }, actor) => overrideImpact(actor, { incidentId, override: false }),
  },
  'incident/watch-promise.ts watchPromise': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: async ({ openId: incidentId }, actor) => {
      const { id, dueAt } = await reader('every-carrier').publicPromise.findFirstOrThrow({ where: { incidentId } })
      return watchPromise(actor, id, dueAt)
    },
  },
  'incident/publish-postmortem.ts publishPostmortem': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: ({ resolvedId: incidentId }, actor) =>
      publishPostmortem(actor, { ...said, incidentId, saidEn: both.en, saidFr: both.fr }),
  },
  'incident/stop-telling.ts stopTelling': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    prepare: async world => {
      world.tellingId = await world.broadcast(world.openId)
    },
    call: ({ openId: incidentId, tellingId: broadcastId }, actor) => stopTelling(actor, { incidentId, broadcastId }),
  },

  'incident/schedule-maintenance.ts scheduleMaintenance': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: (_, actor) => scheduleMaintenance(actor, { ...said, ...title, ...times() }),
  },
  'incident/move-maintenance.ts moveMaintenance': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: ({ maintenanceId: incidentId }, actor) => moveMaintenance(actor, { ...said, incidentId, ...times() }),
  },
  'incident/run-maintenance.ts runMaintenance': {
    verb: 'incident.manage',
    about: 'all',
    changes: true,
    call: async ({ maintenanceId: id }, actor) => {
      const { scheduledFor } = await reader('every-carrier').incident.findUniqueOrThrow({ where: { id } })
      return runMaintenance(actor, id, { begun: both, ended: both, overruns: both }, scheduledFor!)
    },
  },

  'incident/save-component.ts saveComponent': {
    verb: 'component.manage',
    about: 'all',
    changes: true,
    call: (_, actor) => saveComponent(actor, { nameEn: 'Photos', nameFr: 'Photos' }),
  },
  'incident/move-component.ts moveComponent': {
    verb: 'component.manage',
    about: 'all',
    changes: true,
    call: ({ componentId }, actor) => moveComponent(actor, { componentId, to: 'down' }),
  },
  'incident/override-status.ts overrideComponent': {
    verb: 'component.manage',
    about: 'all',
    changes: true,
    call: ({ componentId }, actor) => overrideComponent(actor, { componentId, override: false }),
  },
  'incident/override-status.ts overridePage': {
    verb: 'component.manage',
    about: 'all',
    changes: true,
    call: (_, actor) => overridePage(actor, { override: false }),
  },
  'incident/save-component.ts removeComponent': {
    verb: 'component.manage',
    about: 'all',
    changes: true,
    prepare: async world => {
      world.componentId = await world.component()
    },
    call: ({ componentId }, actor) => removeComponent(actor, componentId),
  },

  'incident/count-incident.ts countIncident': {
    verb: 'status.publish',
    about: 'all',
    changes: true,
    call: ({ openId }, actor) => countIncident(actor, openId),
  },
  'incident/count-incident.ts countIncidents': {
    verb: 'status.publish',
    about: 'all',
    changes: true,
    call: (_, actor) => countIncidents(actor),
  },
  'incident/publish-status.ts publishStatus': {
    verb: 'status.publish',
    about: 'all',
    changes: true,
    call: ({ services: { statusFiles: files } }, actor) =>
      publishStatus(actor, { files, readNotices: async () => [], compose: () => [] }),
  },
}
