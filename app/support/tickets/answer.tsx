import { randomUUID } from 'node:crypto'
import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, Form, TextArea } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import type { Conversation } from '@/app/support/tickets/load-conversation'
import { seenOf } from '@/app/support/tickets/seen-of'
import { sentenceFor } from '@/messages/translate'

/** Writes to the subscriber, from a macro where one was chosen, and says what follows. */
export function Answer({
  visit,
  said,
  form,
  here,
}: {
  visit: Visit
  said: Conversation
  form: FormState
  here: string
}) {
  const { t, formToken, language } = visit
  const { ticket, macro, macroId } = said
  const isRestore = ticket.requestId !== null
  const afters = isRestore ? (['keep', 'wait'] as const) : (['resolve', 'wait', 'keep'] as const)
  const begun = form.value('answerKey') !== undefined
  const unknown = macro !== null && 'error' in macro ? sentenceFor(language, 'conversation.errors', macro.error) : null
  const error = errorFor(form.errors, 'answerText') ?? unknown ?? undefined
  return (
    <Disclosure summary={t('conversation.case.answer.open')} open={begun || macroId !== undefined}>
      <div className="grid gap-4">
        {said.macros.length === 0 ? null : (
          <Form method="get" action={`${here}#answerText`}>
            <div className="flex flex-wrap items-end gap-2">
              <SelectField
                name="macro"
                label={t('conversation.case.answer.macro')}
                value={macroId ?? ''}
                options={[
                  { value: '', label: t('conversation.case.answer.noMacro') },
                  ...said.macros.map(({ id, code }) => ({ value: id, label: code })),
                ]}
              />
              <Button look="plain">{t('conversation.case.answer.fill')}</Button>
            </div>
          </Form>
        )}
        <Form
          action={`/support/tickets/${ticket.id}/answer`}
          token={formToken}
          hidden={{ ...seenOf(said), answerKey: form.value('answerKey') ?? randomUUID() }}
        >
          <TextArea
            name="answerText"
            rows={8}
            lang={ticket.subscriber.language}
            label={t('conversation.case.answer.text', {
              language: t(`support.languages.${ticket.subscriber.language}`),
            })}
            hint={t('conversation.case.answer.hint')}
            error={error}
            value={form.value('answerText') ?? (macro !== null && 'text' in macro ? macro.text : undefined)}
          />
          <Choices
            kind="radio"
            name="after"
            legend={t('conversation.case.answer.after')}
            error={errorFor(form.errors, 'after')}
            chosen={form.value('after') === undefined ? [afters[0]] : form.values('after')}
            choices={afters.map(value => ({
              value,
              label: t(`conversation.case.answer.afters.${isRestore && value === 'keep' ? 'keepRequest' : value}`),
            }))}
          />
          <div>
            <Button>{t('conversation.case.answer.send')}</Button>
          </div>
        </Form>
      </div>
    </Disclosure>
  )
}
