import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { sayLooksRight } from '@/domain/triage/after/say-looks-right'

/** The restore looks right: said twice, it is noted once. */
export const POST = formAction('/account/restores/[id]/looks-right', {
  input: z.object({}),
  back: (_fields, { id }) => `/account/restores/${id}`,
  async act({ actor, t, language }, _input, { id: requestId = '' }) {
    await sayLooksRight(actor, { requestId, text: t('after.restore.entry'), language })
    return `/account/restores/${requestId}#after`
  },
})
