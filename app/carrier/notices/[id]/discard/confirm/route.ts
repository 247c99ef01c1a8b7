import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, shownVersion } from '@/app/carrier/act-once'
import { discardNotice } from '@/domain/notice/discard-notice'

/** Gives up a draft. */
export const POST = formAction('/carrier/notices/[id]/discard/confirm', {
  input: z.object(shownVersion),
  back: (_fields, { id }) => `/carrier/notices/${id}/discard`,
  async act({ actor }, { version }, { id: noticeId = '' }) {
    await actOnce(actor, { noticeId, version, to: 'withdrawn' }, () => discardNotice(actor, { noticeId, version }))
    return `/carrier/notices/${noticeId}?done=discarded`
  },
})
