import { countFigures } from '@/domain/triage/figures/count-figures'
import { readDashboard } from '@/domain/triage/figures/read-dashboard'
import { readFigures } from '@/domain/triage/figures/read-figures'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { takeNext } from '@/domain/triage/take-next'
import { takeTicket } from '@/domain/triage/take-ticket'
import type { Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const filed = async (world: VerbWorld, place: Place) => ({ ...place, requestId: await world.file(place) })

export const triageCalls: Calls = {
  'triage/figures/read-figures.ts readFigures': {
    verb: 'figures.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => readFigures(actor),
  },
  'triage/figures/read-dashboard.ts readDashboard': {
    verb: 'dashboard.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => readDashboard(actor),
  },
  'triage/figures/count-figures.ts countFigures': {
    verb: 'figures.count',
    about: 'all',
    changes: true,
    call: (_, actor) => countFigures(actor),
  },
  'triage/take-next.ts takeNext': {
    verb: 'ticket.take',
    about: 'own list',
    changes: true,
    tells: false,
    prepare: world => world.file(world.places.own),
    call: (_, actor) => takeNext(actor),
  },
  'triage/take-ticket.ts takeTicket': {
    verb: 'ticket.take',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: (_, actor, { requestId }) => takeTicket(actor, { requestId }),
  },
  'triage/leave-ticket.ts leaveTicket': {
    verb: 'ticket.take',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: (_, actor, { requestId }) => leaveTicket(actor, { requestId }),
  },
}
