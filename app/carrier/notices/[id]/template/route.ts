import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { findNotice } from '@/domain/notice/find-notice'
import { saveTemplate, templateName } from '@/domain/notice/save-template'

/** Keeps a notice's texts as a template of the carrier's. */
export const POST = formAction('/carrier/notices/[id]/template', {
  input: z.object({ name: templateName }),
  back: (_fields, { id }) => `/carrier/notices/${id}`,
  async act({ actor }, { name }, { id = '' }) {
    const { carrierId, titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr } = await findNotice(actor, id)
    await saveTemplate(actor, { carrierId, name, titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr })
    return '/carrier/templates?done=saved'
  },
})
