import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { errorFor, Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import type { Conversation } from '@/app/support/tickets/load-conversation'
import { seenOf } from '@/app/support/tickets/seen-of'
import { priorities, questionKinds, reopenReasons, resolveReasons } from '@/domain/triage/ticket-inputs'

/** Kind and priority, resolved and open again. Nothing where the reader may do none of it, or a colleague works on the ticket. */
export function Settle({ visit, said, form }: { visit: Visit; said: Conversation; form: FormState }) {
  const { t, formToken } = visit
  const { ticket } = said
  if (!ticket.may.change || (ticket.taken !== null && !ticket.taken.own)) return null
  const act = (name: 'change' | 'resolve' | 'reopen') => ({
    action: `/support/tickets/${ticket.id}/${name}`,
    token: formToken,
    hidden: seenOf(said),
  })
  const isRestore = ticket.requestId !== null
  const words = isRestore ? 'resolveRequest' : 'resolve'
  return (
    <Card>
      <Part>
        {ticket.may.resolve ? (
          <Disclosure summary={t(`conversation.case.${words}.open`)} open={form.value('resolveReason') !== undefined}>
            <Form {...act('resolve')}>
              <SelectField
                name="resolveReason"
                label={t('conversation.case.resolve.reason')}
                error={errorFor(form.errors, 'resolveReason')}
                value={form.value('resolveReason') ?? 'nothing-to-do'}
                options={resolveReasons.map(value => ({
                  value,
                  label: t(`conversation.case.resolveReasons.${value}`),
                }))}
              />
              <div>
                <Button>{t(`conversation.case.${words}.send`)}</Button>
              </div>
            </Form>
          </Disclosure>
        ) : null}
        {ticket.may.reopen ? (
          <Disclosure summary={t('conversation.case.reopen.open')} open={form.value('reopenReason') !== undefined}>
            <Form {...act('reopen')}>
              <SelectField
                name="reopenReason"
                label={t('conversation.case.reopen.reason')}
                error={errorFor(form.errors, 'reopenReason')}
                value={form.value('reopenReason')}
                options={reopenReasons.map(value => ({ value, label: t(`conversation.case.reopenReasons.${value}`) }))}
              />
              <div>
                <Button>{t('conversation.case.reopen.send')}</Button>
              </div>
            </Form>
          </Disclosure>
        ) : null}
        <Disclosure
          summary={t(`conversation.case.change.${isRestore ? 'openPriority' : 'open'}`)}
          open={form.value('priority') !== undefined}
        >
          <Form {...act('change')}>
            {isRestore ? null : (
              <SelectField
                name="kind"
                label={t('conversation.case.facts.kind')}
                error={errorFor(form.errors, 'kind')}
                value={form.value('kind') ?? ticket.kind}
                options={questionKinds.map(value => ({ value, label: t(`conversation.kinds.${value}`) }))}
              />
            )}
            <SelectField
              name="priority"
              label={t('conversation.case.facts.priority')}
              error={errorFor(form.errors, 'priority')}
              value={form.value('priority') ?? ticket.priority}
              options={priorities.map(value => ({ value, label: t(`conversation.priorities.${value}`) }))}
            />
            <div>
              <Button look="plain">{t(`conversation.case.change.${isRestore ? 'priorityOnly' : 'send'}`)}</Button>
            </div>
          </Form>
        </Disclosure>
      </Part>
    </Card>
  )
}
