import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Acts, Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { waveFacts } from '@/app/support/decisions/[id]/wave-facts'
import { whoIs } from '@/app/support/decisions/decision-words'
import type { Release } from '@/domain/decision/list-releases'

/** An open question whether the kind of data is given out: what is to be said, who asks and why, and what the reader may do. */
export function ReleaseQuestion({ visit, release, form }: { visit: Visit; release: Release; form: FormState }) {
  const { t, dates } = visit
  const { id, wave, reason, asked, expiresAt, actions } = release
  const about = { decision: id, category: wave.category }
  const here = `/admin/incidents/${wave.incidentId}/wave`
  return (
    <Card>
      <Part>
        <h2>{t('decisions.one.title.wave_release')}</h2>
        <Quiet>{t('decisions.one.means.wave_release')}</Quiet>
        {wave.moved ? <Notice standing="you" title={t('decisions.release.moved')} /> : null}
        <CompactFacts
          rows={[
            ...waveFacts(visit, wave),
            {
              term: t('decisions.one.facts.reason'),
              value: <span className="whitespace-pre-line">{reason}</span>,
            },
            {
              term: t('decisions.one.facts.asked'),
              value: t('decisions.askedBy', { who: whoIs(visit, asked), moment: dates.moment(asked.at) }),
            },
            { term: t('decisions.one.facts.until'), value: dates.moment(expiresAt) },
          ]}
        />
        {asked.self ? <Quiet>{t('decisions.one.own')}</Quiet> : null}
        {actions.includes('refuse') ? <Decide {...{ visit, release, form, about, here }} /> : null}
        {actions.includes('withdraw') ? (
          <Form action={`${here}/withdraw`} token={visit.formToken} hidden={about}>
            <div>
              <Button look="plain">{t('decisions.one.withdraw')}</Button>
            </div>
          </Form>
        ) : null}
      </Part>
    </Card>
  )
}

function Decide({
  visit: { t, formToken },
  release,
  form,
  about,
  here,
}: {
  visit: Visit
  release: Release
  form: FormState
  about: Record<string, string>
  here: string
}) {
  return (
    <Form action={`${here}/refuse`} token={formToken} hidden={about}>
      <TextArea
        name="note"
        rows={3}
        label={t('decisions.one.note')}
        hint={t('decisions.one.noteHint')}
        error={errorFor(form.errors, 'note')}
        value={form.value('note')}
      />
      <Acts>
        {release.actions.includes('approve') ? (
          <Button formAction={`${here}/agree`}>{t('decisions.one.approve')}</Button>
        ) : null}
        <Button look="stern">{t('decisions.one.refuse')}</Button>
      </Acts>
    </Form>
  )
}
