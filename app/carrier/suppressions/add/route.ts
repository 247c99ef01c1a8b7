import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { addSuppressions } from '@/domain/notice/add-suppressions'

/** Puts pasted addresses on the list: of the carrier, or of the whole installation where its own staff do it. */
export const POST = formAction('/carrier/suppressions/add', {
  input: z.object({
    channel: z.enum(['mail', 'sms'], 'channel-unknown'),
    addresses: z.string('addresses-missing').max(250_000, 'addresses-long'),
  }),
  // Far more than a list may hold: what is too long is told at its field, not refused as a whole.
  most: 8 * 1024 * 1024,
  back: () => '/carrier/suppressions',
  async act({ actor }, input) {
    const carrierId = 'carrierId' in actor ? actor.carrierId : null
    const { added, known } = await addSuppressions(actor, outside().secrets, { carrierId, ...input })
    return `/carrier/suppressions?added=${added}&known=${known}`
  },
})
