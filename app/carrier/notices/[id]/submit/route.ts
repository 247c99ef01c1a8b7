import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, shownVersion } from '@/app/carrier/act-once'
import { Refusal } from '@/domain/errors'
import { submitNotice } from '@/domain/notice/submit-notice'

/** Hands the draft to whoever approves; what is not finished leads to the editor, where all of it is named. */
export const POST = formAction('/carrier/notices/[id]/submit', {
  input: z.object(shownVersion),
  back: (_fields, { id }) => `/carrier/notices/${id}`,
  async act({ actor }, { version }, { id: noticeId = '' }) {
    try {
      await actOnce(actor, { noticeId, version, to: 'submitted' }, () => submitNotice(actor, { noticeId, version }))
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'bad-input') throw error
      return `/carrier/notices/${noticeId}/edit?check=1`
    }
    return `/carrier/notices/${noticeId}?done=submitted`
  },
})
