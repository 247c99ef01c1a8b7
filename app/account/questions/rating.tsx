import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { scoreInWords } from '@/app/account/questions/rating-words'
import { scores } from '@/domain/triage/after/rating'
import type { RatingView } from '@/domain/triage/after/read-rating'

interface Rated {
  visit: Visit
  ticket: { id: string; reference: string }
  view: RatingView
  /** Of the page that the form comes back to; missing: another page shows what was to be put right. */
  form?: FormState
  saved?: boolean
}

/** How well a case was handled, asked once it is over: five answers in words, and room for more. */
export function Rating({ visit, ticket, view, form, saved = false }: Rated) {
  const { t, dates, language: shown } = visit
  const { rating, mayRate } = view
  if (rating === null && !mayRate) return null
  const failed = ['score', 'comment'].some(field => errorFor(form?.errors ?? [], field) !== undefined)
  const fields = <RatingForm visit={visit} ticket={ticket} view={view} form={form} />
  return (
    <div id="rating" className="scroll-mt-4">
      <Card>
        <Part>
          <h2>{t('after.rating.title')}</h2>
          {saved && rating !== null ? (
            <Notice standing="ok" title={t('after.rating.done')}>
              <p>{t('after.rating.doneText', { moment: dates.moment(rating.changeableUntil) })}</p>
            </Notice>
          ) : null}
          {rating === null ? (
            fields
          ) : (
            <>
              <p className="font-semibold">{t('after.rating.given', { score: scoreInWords(visit, rating.score) })}</p>
              {rating.comment === null ? null : (
                <p
                  lang={rating.language === shown ? undefined : rating.language}
                  className="whitespace-pre-line [overflow-wrap:anywhere]"
                >
                  {rating.comment}
                </p>
              )}
              <Quiet>{t('after.rating.givenAt', { moment: dates.moment(rating.givenAt) })}</Quiet>
              {mayRate ? (
                <Disclosure summary={t('after.rating.change')} open={failed}>
                  {fields}
                </Disclosure>
              ) : null}
            </>
          )}
        </Part>
      </Card>
    </div>
  )
}

function RatingForm({ visit, ticket, view: { rating }, form }: Omit<Rated, 'saved'>) {
  const { t, formToken } = visit
  const errors = form?.errors ?? []
  const score = form?.value('score') ?? (rating === null ? undefined : String(rating.score))
  return (
    <Form action={`/account/questions/${ticket.id}/rate`} token={formToken}>
      <Choices
        kind="radio"
        name="score"
        legend={t('after.rating.legend', { reference: ticket.reference })}
        hint={t('after.rating.hint')}
        error={errorFor(errors, 'score')}
        chosen={score === undefined ? [] : [score]}
        choices={[...scores].reverse().map(one => ({ value: String(one), label: scoreInWords(visit, one) }))}
      />
      <TextArea
        name="comment"
        label={t('after.rating.comment')}
        hint={t('after.rating.commentHint')}
        error={errorFor(errors, 'comment')}
        value={form?.value('comment') ?? rating?.comment ?? undefined}
      />
      <div>
        <Button look={rating === null ? 'main' : 'plain'}>
          {t(rating === null ? 'after.rating.send' : 'after.rating.change')}
        </Button>
      </div>
    </Form>
  )
}
