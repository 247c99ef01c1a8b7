import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import type { MassActView } from '@/domain/triage/mass/find-mass-acts'
import type { MassPreview } from '@/domain/triage/mass/preview-mass-act'

interface Props {
  visit: Visit
  act: MassActView
  preview: MassPreview
  form: FormState
}

/** To how many, in which languages, and three of them; the form carries the number and the moment, so that it is done to no more. */
export function Preview(props: Props) {
  const { visit, act, preview } = props
  const { t } = visit
  const { count, byLanguage } = preview
  return (
    <>
      <Card>
        <Part>
          <h2>{t('mass.preview.count', { count })}</h2>
          {count === 0 ? (
            <p>{t('mass.preview.empty')}</p>
          ) : (
            <>
              <p>{t('mass.preview.languages', byLanguage)}</p>
              <Quiet>{t('mass.preview.fixed')}</Quiet>
              <Quiet>{t(act.what.act === 'reply' ? 'mass.preview.taken' : 'mass.preview.rules')}</Quiet>
            </>
          )}
        </Part>
      </Card>
      {count === 0 ? null : (
        <>
          <Samples {...props} />
          <Begin {...props} />
        </>
      )}
    </>
  )
}

function Samples({ visit: { t }, preview: { samples } }: Props) {
  return (
    <Card>
      <Part>
        <h2>{t('mass.preview.samples')}</h2>
        <ul className="grid gap-5">
          {samples.map(({ ticketId, reference, language, text }, at) => {
            const inLanguage = t(`support.languages.${language}`)
            const key = ticketId ?? String(at)
            return (
              <li key={key} className="grid gap-1">
                {ticketId === null || reference === null ? (
                  <p className="font-semibold">{t('mass.preview.hidden', { language: inLanguage })}</p>
                ) : (
                  <p>
                    <a
                      className="num inline-flex min-h-6 items-center font-semibold"
                      href={`/support/tickets/${ticketId}`}
                    >
                      {t('mass.preview.sample', { reference, language: inLanguage })}
                    </a>
                  </p>
                )}
                {text === null ? null : (
                  <p lang={language} data-verbatim="" className="whitespace-pre-line [overflow-wrap:anywhere]">
                    {text}
                  </p>
                )}
              </li>
            )
          })}
        </ul>
      </Part>
    </Card>
  )
}

function Begin({ visit: { t, formToken }, act: { id }, preview: { count, until, takesTwo }, form }: Props) {
  return (
    <Card>
      <Part>
        {takesTwo ? <Notice standing="you" title={t('mass.preview.takesTwo')} /> : null}
        <Form
          action={`/support/mass/${id}/begin`}
          token={formToken}
          hidden={{ shown: String(count), until: until.toISOString() }}
        >
          {takesTwo ? (
            <TextArea
              name="reason"
              rows={3}
              label={t('mass.preview.why')}
              hint={t('mass.preview.whyHint')}
              error={errorFor(form.errors, 'reason')}
              value={form.value('reason')}
            />
          ) : null}
          <div>
            <Button>{t(takesTwo ? 'mass.preview.ask' : 'mass.preview.begin', { count })}</Button>
          </div>
        </Form>
      </Part>
    </Card>
  )
}
