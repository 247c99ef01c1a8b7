import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Acts, Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import type { DecisionView } from '@/domain/decision/decision-view'

/** What the reader may do now: the finder's own answer, so that no button is shown that a guard refuses. */
export function DecisionActs({ visit, decision, form }: { visit: Visit; decision: DecisionView; form: FormState }) {
  const { t, formToken } = visit
  const { id, actions, asked, status } = decision
  if (actions.length === 0) return null
  const decides = actions.includes('approve')
  return (
    <Card>
      <Part>
        <h2>{t('decisions.one.decide')}</h2>
        {status === 'open' && asked.self ? <Quiet>{t('decisions.one.own')}</Quiet> : null}
        {decides ? (
          <Form action={`/support/decisions/${id}/approve`} token={formToken}>
            <TextArea
              name="note"
              rows={3}
              label={t('decisions.one.note')}
              hint={t('decisions.one.noteHint')}
              error={errorFor(form.errors, 'note')}
              value={form.value('note')}
            />
            <Acts>
              <Button>{t('decisions.one.approve')}</Button>
              <Button look="stern" formAction={`/support/decisions/${id}/refuse`}>
                {t('decisions.one.refuse')}
              </Button>
            </Acts>
          </Form>
        ) : null}
        {actions.includes('withdraw') ? (
          <Form action={`/support/decisions/${id}/withdraw`} token={formToken}>
            <div>
              <Button look="plain">{t('decisions.one.withdraw')}</Button>
            </div>
          </Form>
        ) : null}
      </Part>
    </Card>
  )
}
