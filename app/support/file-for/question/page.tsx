import { randomUUID } from 'node:crypto'
import { redirect } from 'next/navigation'
import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form, TextArea, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { ProofNeeded } from '@/app/account/proof-needed'
import { atFields, personPage, person as personSchema } from '@/app/support/file-for/fields'
import { IdentityFields } from '@/app/support/file-for/identity-fields'
import { PersonHeld, WhichPerson } from '@/app/support/file-for/person'
import { type Category, categories } from '@/domain/record/category'
import { type PersonToFileFor, readPersonToFileFor } from '@/domain/restore/file-for-finder'
import { questionKinds } from '@/domain/triage/ticket-inputs'

/** What somebody who cannot sign in asks, as a member of staff writes it down for them. */
export default page('/support/file-for/question', async (visit, { query }) => {
  const { t, actor, formToken } = visit
  const named = personSchema.safeParse(query.one('person'))
  if (!named.success) redirect('/support/file-for')
  const person = await readPersonToFileFor(actor, { subscriberId: named.data })
  const form = atFields(await formState(visit, query.one('form'), 'behalf.errors', 'conversation.errors'))
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
                choices={questionKinds.map(kind => ({ value: kind, label: t(`conversation.kinds.${kind}`) }))}
                chosen={form.values('kind')}
              />
              <Missing visit={visit} person={person} form={form} />
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

/** After which restore something is missing, and what of it; where none has begun, their words say it. */
function Missing({ visit: { t, dates }, person, form }: { visit: Visit; person: PersonToFileFor; form: FormState }) {
  const { restores } = person
  if (restores.length === 0) return null
  const there = categories.filter(category => restores.some(one => one.categories.includes(category)))
  const inWords = (of: readonly Category[]) => dates.list(of.map(one => t(`shell.categoriesInline.${one}`)))
  return (
    <>
      <SelectField
        name="aboutRequestId"
        label={t('behalf.question.about')}
        hint={t('behalf.question.aboutHint')}
        error={errorFor(form.errors, 'aboutRequestId')}
        value={form.value('aboutRequestId') ?? ''}
        options={[
          { value: '', label: t('behalf.question.noneNamed') },
          ...restores.map(({ id, reference, filedAt, categories: of }) => ({
            value: id,
            label: `${reference} · ${dates.day(filedAt)} · ${inWords(of)}`,
          })),
        ]}
      />
      <Choices
        kind="checkbox"
        name="items"
        legend={t('behalf.question.items')}
        hint={t('behalf.question.itemsHint')}
        error={errorFor(form.errors, 'items')}
        choices={there.map(category => ({ value: category, label: t(`shell.categories.${category}`) }))}
        chosen={form.values('items')}
      />
    </>
  )
}
