import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { shownVersion } from '@/app/carrier/act-once'
import type { Audience } from '@/domain/notice/audience'
import { conditionNames } from '@/domain/notice/audience'
import { editNotice } from '@/domain/notice/edit-notice'
import { noticeContent } from '@/domain/notice/notice-inputs'

/** Boxes: none, one or several of a name. */
const boxes = z.preprocess(value => (value === undefined ? [] : [value].flat()), z.array(z.string()))
const {
  incidentId: _incident,
  oneLanguage: _confirmed,
  audience: _audience,
  channels: _channels,
  ...texts
} = noticeContent.shape

/** Saves the draft and goes on to what the button says. */
export const POST = formAction('/carrier/notices/[id]/edit/save', {
  input: z.object({
    ...shownVersion,
    ...texts,
    incident: z.union([z.literal('').transform(() => null), z.uuid('incident-unknown')]).default(null),
    oneLanguage: z.literal('yes').optional(),
    reach: z.enum(['everyone', 'some'], { error: 'audience-missing' }).optional(),
    regions: boxes,
    deviceModels: boxes,
    categoriesLost: boxes,
    lossCategories: boxes,
    requestStates: boxes,
    channels: boxes,
    go: z.enum(['save', 'size', 'preview']).default('save'),
  }),
  // Far more than a draft may hold: what is too long is told at its field, not refused as a whole.
  most: 8 * 1024 * 1024,
  back: (_fields, { id }) => `/carrier/notices/${id}/edit`,
  async act({ actor }, { go, incident, oneLanguage, reach, channels, ...input }, { id: noticeId = '' }) {
    const chosen = conditionNames.flatMap(name => (input[name].length === 0 ? [] : [[name, input[name]]]))
    const audience = reach === 'everyone' ? { everyone: true } : reach === 'some' ? Object.fromEntries(chosen) : {}
    await editNotice(actor, {
      ...input,
      noticeId,
      incidentId: incident,
      oneLanguage: oneLanguage === 'yes',
      // Read by the verb's own schema: what is not known is refused there.
      audience: audience as Audience,
      channels: channels as ('mail' | 'sms')[],
    })
    const here = `/carrier/notices/${noticeId}`
    if (go === 'size') return `${here}/edit?size=1#size`
    return go === 'preview' ? `${here}/preview` : `${here}?done=saved`
  },
})
