import { z } from 'zod'
import { audienceInput } from '@/domain/notice/audience'
import { htmlOctets } from '@/formats/markdown/to-html'

// Messages of these schemas are codes: screens have the sentence for each.

export const longestTitle = 200
export const longestBody = 20_000
/** Octets of HTML, whatever the text is made of. */
const longestHtml = 28_000
export const longestSms = 480
export const longestReason = 500

const titleText = z
  .string('title-missing')
  .trim()
  .max(longestTitle, 'title-long')
  .regex(/^[^\p{Cc}]*$/u, 'title-lines')

// Forms send CR LF, which a text message would pay for twice.
const lines = (most: number, code: string) =>
  z
    .string('text-missing')
    .transform(text => text.replaceAll(/\r\n?/g, '\n').trim())
    .pipe(z.string().max(most, code))

/** Markdown that a page of its own has room for. */
const body = lines(longestBody, 'body-long').refine(text => htmlOctets(text) <= longestHtml, 'body-long')

export const noticeTexts = {
  titleEn: titleText,
  titleFr: titleText,
  bodyEn: body,
  bodyFr: body,
  smsEn: lines(longestSms, 'sms-long'),
  smsFr: lines(longestSms, 'sms-long'),
}
export const textNames = Object.keys(noticeTexts) as (keyof typeof noticeTexts)[]

/** How a carrier's people can be reached besides the portal's own pages. */
export const noticeChannels = ['mail', 'sms'] as const

/** Shown for good beside what it ended. */
const endReason = lines(longestReason, 'reason-long').pipe(z.string().min(1, 'reason-missing'))
export const endReasons = { reasonEn: endReason, reasonFr: endReason }

/** What a draft holds: it may be unfinished, never too long. */
export const noticeContent = z.object({
  ...noticeTexts,
  incidentId: z.uuid('incident-unknown').nullable(),
  /** Somebody confirms that it is written in one language only. */
  oneLanguage: z.boolean(),
  audience: audienceInput,
  channels: z.array(z.enum(noticeChannels, 'channel-unknown')).max(noticeChannels.length, 'channel-unknown'),
  /** Of a correction: why what it corrects no longer holds. Left out: as before. */
  correctionEn: lines(longestReason, 'reason-long').optional(),
  correctionFr: lines(longestReason, 'reason-long').optional(),
})
export type NoticeContent = z.output<typeof noticeContent>

/** Which notice, and the version that was shown to whoever decides: a decision on what has changed since is refused. */
export const shownNotice = z.object({ noticeId: z.uuid(), version: z.int().min(1).optional() })
export type ShownNotice = z.input<typeof shownNotice>
