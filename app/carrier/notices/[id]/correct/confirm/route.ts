import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { shownVersion } from '@/app/carrier/act-once'
import { correctNotice } from '@/domain/notice/correct-notice'
import { endReasons } from '@/domain/notice/notice-inputs'

/** Begins a correction and goes on to its editor. */
export const POST = formAction('/carrier/notices/[id]/correct/confirm', {
  input: z.object({ ...shownVersion, ...endReasons }),
  back: (_fields, { id }) => `/carrier/notices/${id}/correct`,
  async act({ actor }, { version, ...reasons }, { id = '' }) {
    const { noticeId } = await correctNotice(actor, { noticeId: id, version, ...reasons })
    return `/carrier/notices/${noticeId}/edit`
  },
})
