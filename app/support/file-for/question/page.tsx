import { randomUUID } from 'node:crypto'
import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form, TextArea, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { ProofNeeded } from '@/app/account/proof-needed'
import { personPage, person as personSchema } from '@/app/support/file-for/fields'
import { IdentityFields } from '@/app/support/file-for/identity-fields'
import { PersonHeld, WhichPerson } from '@/app/support/file-for/person'
import { readPersonToFileFor } from '@/domain/restore/file-for-finder'
import { kindsForPerson } from '@/domain/triage/open-for-person'

/** What somebody who cannot sign in asks, as a member of staff writes it down for them. */
export default page('/support/file-for/question', async (visit, { query }) => {
  const { t, actor, formToken } = visit
  const named = personSchema.safeParse(query.one('person'))
  if (!named.success) redirect('/support/file-for')
  const person = await readPersonToFileFor(actor, { subscriberId: named.data })
  const form = await formState(visit, query.one('form'), 'behalf.errors', 'conversation.errors')
  return (
    <ConsolePage
      title={t('behalf.question.title')}
      lead={t('behalf.question.text')}
      back={{ href: personPage('', person.id), label: t('behalf.title') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <WhichPerson visit={visit} person={person} />
      {person.holds.length > 0 ? (
        <PersonHeld visit={visit} person={person} />
      ) : (
        <Card>
          <Form
            action="/support/file-for/question/open"
            token={formToken}
            hidden={{ person: person.id, key: form.value('key') ?? randomUUID() }}
          >
            <Part>
              <Choices
                kind="radio"
                name="kind"
                legend={t('behalf.question.kind')}
                error={errorFor(form.errors, 'kind')}
                choices={kindsForPerson.map(kind => ({ value: kind, label: t(`conversation.kinds.${kind}`) }))}
                chosen={form.values('kind')}
              />
              <TextField
                name="subject"
                label={t('behalf.question.subject')}
                error={errorFor(form.errors, 'subject')}
                value={form.value('subject')}
              />
              <TextArea
                name="text"
                rows={6}
                label={t('behalf.question.said')}
                error={errorFor(form.errors, 'text')}
                value={form.value('text')}
              />
            </Part>
            <IdentityFields visit={visit} form={form} />
            <ProofNeeded visit={visit} />
            <div>
              <Button>{t('behalf.question.open')}</Button>
            </div>
          </Form>
        </Card>
      )}
    </ConsolePage>
  )
})
