import type { Visit } from '@/app/_shell/visit'
import type { FieldError } from '@/app/_ui/form'
import type { Standing } from '@/app/_ui/icon'
import type { Audience } from '@/domain/notice/audience'
import type { AudienceSize } from '@/domain/notice/count-audience'
import type { NoticeProblem } from '@/domain/notice/notice-problems'
import { isDiscarded, type noticeStatuses } from '@/domain/notice/notice-status'
import type { Language } from '@/messages/language'
import { sentenceFor } from '@/messages/translate'

export type NoticeStatus = (typeof noticeStatuses)[number]

export const noticeStandings: Record<NoticeStatus, Standing> = {
  draft: 'wait',
  submitted: 'you',
  approved: 'busy',
  scheduled: 'busy',
  published: 'ok',
  corrected: 'gone',
  withdrawn: 'gone',
}

/** How it stands, in a word. */
export const stateOf = ({ t }: Visit, notice: { status: NoticeStatus; submittedAt: Date | null }): string =>
  isDiscarded(notice) ? t('notices.discarded.state') : t(`notices.states.${notice.status}`)

/** In the reader's language where it is written, else in the other one. */
export function titleOf({ t }: Visit, notice: { titleEn: string; titleFr: string }, language: Language): string {
  const [own, other] = language === 'fr' ? [notice.titleFr, notice.titleEn] : [notice.titleEn, notice.titleFr]
  return own || other || t('notices.untitled')
}

/** One line for each condition; a single one for everyone or nobody yet. */
export function audienceInWords({ t, dates }: Visit, audience: Audience): string[] {
  if (audience.everyone) return [t('notices.audience.everyone')]
  const { regions, deviceModels, categoriesLost, lossCategories, requestStates } = audience
  const lines: string[] = []
  const add = (term: string, words: string[] | undefined) => {
    if (words !== undefined) lines.push(t('notices.audience.line', { term, words: dates.list(words) }))
  }
  add(t('notices.audience.regions'), regions)
  add(t('notices.audience.deviceModels'), deviceModels)
  add(
    t('notices.audience.categoriesLost'),
    categoriesLost?.map(one => t(`shell.categoriesInline.${one}`)),
  )
  add(
    t('notices.audience.lossCategories'),
    lossCategories?.map(one => t(`notices.audience.loss.${one}`)),
  )
  add(
    t('notices.audience.requestStates'),
    requestStates?.map(one => t(`notices.audience.request.${one}`)),
  )
  return lines.length === 0 ? [t('notices.audience.nobody')] : lines
}

/** "1,204 people: …", or that counting takes too long. */
export function sizeInWords({ t }: Visit, size: AudienceSize | null): string {
  return size === null ? t('notices.size.unknown') : t('notices.size.people', { ...size })
}

/** What keeps a notice from being submitted, each at its field. */
export function problemsInWords({ t, language }: Visit, problems: NoticeProblem[]): FieldError[] {
  return problems.map(({ field, code, name }) => ({
    field,
    text:
      name !== undefined && (code === 'unknown-variable' || code === 'variable-needs-incident')
        ? t(`notices.variable.${code}`, { name, where: t(`notices.fields.${field as 'titleEn'}`) })
        : (sentenceFor(language, 'notices.errors', `${code}-${field}`) ??
          sentenceFor(language, 'notices.errors', code) ??
          t('refusals.bad-input')),
  }))
}
