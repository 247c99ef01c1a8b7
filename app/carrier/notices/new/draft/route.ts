import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { ownCarrier } from '@/app/carrier/own-carrier'
import { draftNotice } from '@/domain/notice/draft-notice'

/** Begins a notice and goes on to its editor. */
export const POST = formAction('/carrier/notices/new/draft', {
  input: z.object({
    noticeId: z.uuid(),
    template: z.union([z.literal('').transform(() => null), z.uuid('template-unknown')]).default(null),
  }),
  back: () => '/carrier/notices/new',
  async act({ actor }, { noticeId, template: templateId }) {
    await draftNotice(actor, { carrierId: ownCarrier(actor), noticeId, templateId })
    return `/carrier/notices/${noticeId}/edit`
  },
})
