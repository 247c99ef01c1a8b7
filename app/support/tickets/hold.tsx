import { randomUUID } from 'node:crypto'
import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { errorFor, Form, TextArea, TextField } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import type { Conversation } from '@/app/support/tickets/load-conversation'
import { seenOf } from '@/app/support/tickets/seen-of'
import { dayAhead } from '@/domain/triage/hold-day'
import { holdReasons, longestHold } from '@/domain/triage/joined-inputs'
import { sentenceFor } from '@/messages/translate'

/** Until which day nobody is given the ticket, why, and what the subscriber reads of it. */
export function Hold({ visit, said, form, here }: { visit: Visit; said: Conversation; form: FormState; here: string }) {
  const { t, formToken, language, timeZone } = visit
  const { ticket, holdMacro, holdMacroId, macros } = said
  const begun = form.value('holdKey') !== undefined
  const unknown =
    holdMacro !== null && 'error' in holdMacro ? sentenceFor(language, 'conversation.errors', holdMacro.error) : null
  return (
    <div data-key="h">
      <Disclosure summary={t('joined.hold.open')} open={begun || holdMacroId !== undefined}>
        <div className="grid gap-4">
          <Quiet>{t('joined.hold.text')}</Quiet>
          {macros.length === 0 ? null : (
            <Form method="get" action={`${here}#holdText`}>
              <div className="flex flex-wrap items-end gap-2">
                <SelectField
                  name="holdMacro"
                  label={t('joined.hold.macro')}
                  value={holdMacroId ?? ''}
                  options={[
                    { value: '', label: t('conversation.case.answer.noMacro') },
                    ...macros.map(({ id, code }) => ({ value: id, label: code })),
                  ]}
                />
                <Button look="plain">{t('conversation.case.answer.fill')}</Button>
              </div>
            </Form>
          )}
          <Form
            action={`/support/tickets/${ticket.id}/hold`}
            token={formToken}
            hidden={{ ...seenOf(said), holdKey: form.value('holdKey') ?? randomUUID() }}
          >
            <TextField
              type="date"
              name="holdDay"
              label={t('joined.hold.day')}
              hint={t('joined.hold.dayHint', { days: String(longestHold), zone: timeZone })}
              error={errorFor(form.errors, 'holdDay')}
              value={form.value('holdDay') ?? dayAhead(new Date(), timeZone, 1)}
            />
            <SelectField
              name="holdReason"
              label={t('joined.why')}
              error={errorFor(form.errors, 'holdReason')}
              value={form.value('holdReason')}
              options={holdReasons.map(value => ({ value, label: t(`joined.holdReasons.${value}`) }))}
            />
            <TextArea
              name="holdText"
              rows={6}
              lang={ticket.subscriber.language}
              label={t('joined.hold.message', { language: t(`support.languages.${ticket.subscriber.language}`) })}
              hint={t('joined.hold.messageHint')}
              error={errorFor(form.errors, 'holdText') ?? unknown ?? undefined}
              value={form.value('holdText') ?? (holdMacro !== null && 'text' in holdMacro ? holdMacro.text : undefined)}
            />
            <div>
              <Button>{t('joined.hold.send')}</Button>
            </div>
          </Form>
        </div>
      </Disclosure>
    </div>
  )
}
