import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { errorFor, Form, TextField } from '@/app/_ui/form'

/** The tags of a ticket, by which it is found in the queue, and the forms that give and take them: for whoever may. */
export function TicketTags({
  visit,
  form,
  ticket,
}: {
  visit: Visit
  form: FormState
  /** `requestId`: the request whose page the forms lead back to; null: the ticket's own. */
  ticket: { id: string; requestId: string | null; tags: readonly string[] }
}) {
  const { t, formToken } = visit
  const error = errorFor(form.errors, 'tag')
  const hidden = { request: ticket.requestId }
  return (
    <Card>
      <div className="grid gap-4">
        <h2>{t('queue.tags.title')}</h2>
        {ticket.tags.length === 0 ? (
          <p>{t('queue.tags.none')}</p>
        ) : (
          <ul className="flex flex-wrap gap-2">
            {ticket.tags.map(tag => (
              <li key={tag}>
                <Form action={`/support/tickets/${ticket.id}/untag`} token={formToken} hidden={{ ...hidden, tag }}>
                  <Button look="plain">{t('queue.tags.remove', { tag })}</Button>
                </Form>
              </li>
            ))}
          </ul>
        )}
        <Form action={`/support/tickets/${ticket.id}/tag`} token={formToken} hidden={hidden}>
          <TextField
            narrow
            name="tag"
            type="text"
            label={t('queue.tags.add')}
            hint={t('queue.tags.addHint')}
            value={form.value('tag') ?? ''}
            {...(error !== undefined && { error })}
          />
          <div>
            <Button look="plain">{t('queue.tags.go')}</Button>
          </div>
        </Form>
      </div>
    </Card>
  )
}
