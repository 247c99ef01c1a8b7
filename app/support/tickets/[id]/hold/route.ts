import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { seenTicket } from '@/app/support/tickets/act-once'
import { badInput, Refusal } from '@/domain/errors'
import { holdTicket } from '@/domain/triage/hold-ticket'
import { holdReasons } from '@/domain/triage/joined-inputs'
import { cleanText, formKey, longestEntry } from '@/domain/triage/ticket-inputs'

export const POST = formAction('/support/tickets/[id]/hold', {
  input: z.object({
    ...seenTicket,
    holdDay: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'hold-day-form'),
    holdReason: z.enum(holdReasons, { error: 'hold-reason-missing' }),
    holdText: z.string().default('').transform(cleanText).pipe(z.string().max(longestEntry, 'text-long')),
    holdKey: formKey,
  }),
  most: 512 * 1024,
  back: (_fields, { id }) => `/support/tickets/${id}`,
  async act({ actor, timeZone }, asked, { id: ticketId = '' }) {
    const { version, holdDay: day, holdReason: reason, holdText, holdKey: entryKey } = asked
    const text = holdText === '' ? null : holdText
    try {
      await holdTicket(actor, { ticketId, version, day, timeZone, reason, text, entryKey })
    } catch (error) {
      if (!(error instanceof Refusal) || error.field !== 'day') throw error
      throw badInput('holdDay', error.code, error.detail)
    }
    return `/support/tickets/${ticketId}?said=held`
  },
})
