import { randomUUID } from 'node:crypto'
import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Disclosure } from '@/app/_ui/disclosure'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import type { Conversation } from '@/app/support/tickets/load-conversation'

/** A note that only staff read, and whom it can name. */
export function NoteForm({ visit, said, form }: { visit: Visit; said: Conversation; form: FormState }) {
  const { t, dates, formToken } = visit
  const { ticket, colleagues } = said
  const begun = form.value('noteKey') !== undefined
  const [first] = colleagues
  return (
    <Disclosure summary={t('conversation.case.addNote.open')} open={begun}>
      <Form
        action={`/support/tickets/${ticket.id}/note`}
        token={formToken}
        hidden={{ noteKey: form.value('noteKey') ?? randomUUID() }}
      >
        <TextArea
          name="noteText"
          label={t('conversation.case.addNote.text')}
          hint={t('conversation.case.addNote.hint', { example: `@${first?.name ?? '…'}` })}
          error={errorFor(form.errors, 'noteText')}
          value={form.value('noteText')}
        />
        {first === undefined ? null : (
          <details>
            <summary className="inline-flex min-h-6 items-center text-accent underline underline-offset-3 max-sm:min-h-11">
              {t('conversation.case.addNote.who')}
            </summary>
            <p>{dates.list(colleagues.map(({ name }) => `@${name}`))}</p>
          </details>
        )}
        <div>
          <Button look="plain">{t('conversation.case.addNote.send')}</Button>
        </div>
      </Form>
    </Disclosure>
  )
}
