import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { badInput, Refusal } from '@/domain/errors'
import { addSuppressions } from '@/domain/notice/add-suppressions'

/** Puts addresses that were pasted, or are in a file, on the list: of the carrier, or of the whole installation where its own staff do it. */
export const POST = formAction('/carrier/suppressions/add', {
  input: z.object({
    channel: z.enum(['mail', 'sms'], 'channel-unknown'),
    addresses: z.string('addresses-missing'),
    file: z.string().default(''),
  }),
  files: ['file'],
  // Far more than a list may hold: what is too long is told at its field, not refused as a whole.
  most: 8 * 1024 * 1024,
  back: () => '/carrier/suppressions',
  async act({ actor }, { channel, addresses: pasted, file }) {
    const carrierId = 'carrierId' in actor ? actor.carrierId : null
    const isPasted = pasted.trim() !== ''
    if (isPasted && file !== '') throw badInput('file', 'addresses-twice', 'Addresses are pasted or in a file.')
    const input = { carrierId, channel, addresses: isPasted ? pasted : file }
    const { added, known } = await addSuppressions(actor, outside().secrets, input).catch(error => {
      if (error instanceof Refusal && error.field === 'addresses' && file !== '')
        throw badInput('file', error.code, error.detail)
      throw error
    })
    return `/carrier/suppressions?added=${added}&known=${known}`
  },
})
