import { badInput } from '@/domain/errors'
import { isChosen, readAudience } from '@/domain/notice/audience'
import { textNames } from '@/domain/notice/notice-inputs'
import { findVariables, unknownVariables } from '@/domain/notice/notice-text'
import type { Notice } from '@/prisma/generated/client'

/** What keeps a notice from being submitted or published: a code for the field, and the name that it is about. */
export interface NoticeProblem {
  field: string
  code:
    | 'title-missing'
    | 'body-missing'
    | 'sms-missing'
    | 'language-missing'
    | 'unknown-variable'
    | 'variable-needs-incident'
    | 'audience-missing'
    | 'correction-reason-missing'
  name?: string
}

type Written = Pick<
  Notice,
  | (typeof textNames)[number]
  | 'oneLanguage'
  | 'audience'
  | 'channels'
  | 'incidentId'
  | 'correctsId'
  | 'endReasonEn'
  | 'endReasonFr'
>

/** Everything that is not finished, field by field. A language is complete, or left out as a whole and confirmed to be. */
export function noticeProblems(notice: Written): NoticeProblem[] {
  const problems: NoticeProblem[] = []
  const written = (['En', 'Fr'] as const).map(language => {
    const [title, body, sms] = [notice[`title${language}`], notice[`body${language}`], notice[`sms${language}`]]
    return { language, title, body, sms, empty: `${title}${body}${sms}` === '' }
  })
  const none = written.every(one => one.empty)
  for (const { language, title, body, sms, empty } of written) {
    if (empty && !none) {
      if (!notice.oneLanguage) problems.push({ field: `title${language}`, code: 'language-missing' })
      continue
    }
    if (title === '') problems.push({ field: `title${language}`, code: 'title-missing' })
    if (body === '') problems.push({ field: `body${language}`, code: 'body-missing' })
    if (sms === '' && notice.channels.includes('sms')) problems.push({ field: `sms${language}`, code: 'sms-missing' })
  }
  for (const field of textNames) {
    for (const name of unknownVariables(notice[field])) problems.push({ field, code: 'unknown-variable', name })
    if (notice.incidentId === null && findVariables(notice[field]).includes('incident.title'))
      problems.push({ field, code: 'variable-needs-incident', name: 'incident.title' })
  }
  if (!isChosen(readAudience(notice.audience))) problems.push({ field: 'reach', code: 'audience-missing' })
  if (notice.correctsId !== null)
    for (const language of ['En', 'Fr'] as const)
      if (!notice[`endReason${language}`])
        problems.push({ field: `correction${language}`, code: 'correction-reason-missing' })
  return problems
}

/** Throws the first problem as a Refusal "bad-input" at its field. */
export function refuseUnfinished(notice: Written): void {
  const [first] = noticeProblems(notice)
  if (first === undefined) return
  throw badInput(first.field, first.code, `The notice is not finished: ${first.code} ${first.name ?? ''}`.trim())
}
