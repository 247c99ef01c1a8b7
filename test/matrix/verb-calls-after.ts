import { traceItems } from '@/domain/restore/trace-items'
import { transaction } from '@/domain/transaction'
import { askAfterRestores } from '@/domain/triage/after/ask-after'
import { rateTicket } from '@/domain/triage/after/rate-ticket'
import { readRestoreAnswer } from '@/domain/triage/after/read-answer'
import { readRating } from '@/domain/triage/after/read-rating'
import { sayLooksRight } from '@/domain/triage/after/say-looks-right'
import { resolved } from '@/test/matrix/verb-calls-conversation'
import type { Calls } from '@/test/matrix/verb-entry'

/** What is said once a restore or a ticket is over. */
export const afterCalls: Calls = {
  'triage/after/say-looks-right.ts sayLooksRight': {
    about: 'subscriber',
    verb: 'restore.answer',
    changes: true,
    prepare: async (world, place) => {
      const requestId = await world.halted(place, 'done')
      await transaction('every-carrier', tx => tx.restoreAnswer.deleteMany({ where: { requestId } }))
      return { ...place, requestId }
    },
    call: (_, actor, { requestId }) => sayLooksRight(actor, { requestId, text: 'It looks right.', language: 'en' }),
  },
  'triage/after/read-answer.ts readRestoreAnswer': {
    about: 'subscriber',
    verb: 'request.read',
    call: (_, actor, { requestId }) => readRestoreAnswer(actor, requestId),
  },
  'triage/after/ask-after.ts askAfterRestores': {
    about: 'all',
    verb: 'restore.ask-after',
    call: (_, actor) => askAfterRestores(actor, { now: new Date(0) }),
  },
  'triage/after/rate-ticket.ts rateTicket': {
    about: 'subscriber',
    verb: 'ticket.rate',
    changes: true,
    prepare: resolved,
    call: (_, actor, { ticketId }) => rateTicket(actor, { ticketId, score: 4, language: 'en' }),
  },
  'triage/after/read-rating.ts readRating': {
    about: 'subscriber',
    verb: 'ticket.read',
    call: (_, actor, { ticketId }) => readRating(actor, ticketId),
  },
  'restore/trace-items.ts traceItems': {
    about: 'subscriber',
    verb: 'ticket.history',
    call: (world, actor, { ticketId }) => traceItems(actor, world.services, ticketId),
  },
}
