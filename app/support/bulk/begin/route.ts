import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { readFilter } from '@/app/support/bulk/bulk-fields'
import { beginBulk } from '@/domain/decision/begin-bulk'

const text = z.string().default('')

export const POST = formAction('/support/bulk/begin', {
  input: z.object({
    carrier: text,
    category: text,
    until: z.coerce.date({ error: 'bulk-more' }),
    shown: z.coerce.number({ error: 'bulk-more' }).int({ error: 'bulk-more' }).min(0, { error: 'bulk-more' }),
    reason: z.string().trim().max(500, { error: 'why-long' }).default(''),
    key: z.uuid({ error: 'bulk-more' }),
  }),
  back: () => '/support/bulk',
  async act({ actor }, { carrier, category, until, shown, reason, key }) {
    const filter = readFilter(actor, { carrier, category })
    const asked = { ...filter, filedUntil: until, shown, reason, askingKey: key }
    const { bulkId, decisionId } = await beginBulk(actor, asked)
    return decisionId === null ? `/support/bulk/${bulkId}?done=begun` : `/support/decisions/${decisionId}?done=asked`
  },
})
