import { redirect } from 'next/navigation'
import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { recordsInWords } from '@/app/_shell/words'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { describedBy, errorFor, FieldHelp, Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { ProofNeeded } from '@/app/account/proof-needed'
import { atFields, checkOf, personPage, person as personSchema, requestFields } from '@/app/support/file-for/fields'
import { readPersonToFileFor } from '@/domain/restore/file-for-finder'

const names = [
  ...['person', 'categories', 'accountId', 'rule', 'key'],
  ...['check', 'checkNote', 'checkReference', 'checkAt', 'zone'],
]

/** What would be filed, for whom and after which check, before it is. */
export default page('/support/file-for/check', async (visit, { query }) => {
  const { t, dates, actor, formToken } = visit
  const named = personSchema.safeParse(query.one('person'))
  if (!named.success) redirect('/support/file-for')
  const person = await readPersonToFileFor(actor, { subscriberId: named.data })
  const form = atFields(await formState(visit, query.one('form'), 'behalf.errors'))
  const given = Object.fromEntries(names.map(name => [name, form.values(name)]))
  const read = requestFields.safeParse(
    Object.fromEntries(Object.entries(given).map(([name, values]) => [name, values.length === 1 ? values[0] : values])),
  )
  if (!read.success || read.data.person !== named.data) redirect(personPage('', named.data))
  const { data } = read
  const back = `${personPage('', person.id)}&form=${query.one('form')}`
  const answer = { visit, form, back }
  const account = person.accounts.find(({ id }) => id === data.accountId)
  const { kind, reference, note, madeAt } = checkOf(data)
  const counts = Object.fromEntries(
    person.recovered.filter(({ category }) => data.categories.includes(category)).map(one => [one.category, one.found]),
  )
  return (
    <ConsolePage
      title={t('behalf.check.title')}
      back={{ href: back, label: t('behalf.check.change') }}
      errors={form.errors.map(({ field, text }) => ({ field: field !== null && isShown(field) ? field : null, text }))}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <CompactFacts
          rows={[
            {
              term: t('behalf.check.who'),
              value: `${person.name ?? t('behalf.find.unnamed')} · ${person.accountId} · ${person.carrier}`,
            },
            {
              term: t('behalf.check.what'),
              value: <Answer {...answer} name="categories" said={recordsInWords(visit, counts)} />,
            },
            {
              term: t('behalf.check.account'),
              value: <Answer {...answer} name="accountId" said={account?.label ?? ''} />,
            },
            {
              term: t('behalf.check.rule'),
              value: <Answer {...answer} name="rule" said={t(`support.case.rules.${data.rule}`)} />,
            },
            {
              term: t('behalf.check.identity'),
              value: (
                <>
                  <Answer {...answer} name="check" said={t(`behalf.identity.kinds.${kind}`)} />
                  <Answer {...answer} name="checkReference" said={reference} />
                  <Answer {...answer} name="checkAt" said={dates.moment(madeAt)} />
                  <Answer {...answer} name="checkNote" said={note ?? ''} />
                </>
              ),
            },
          ]}
        />
      </Card>
      <Part>
        <p>{t('behalf.check.next')}</p>
        <ProofNeeded visit={visit} />
        <Form action="/support/file-for/file" token={formToken} hidden={given}>
          <div>
            <Button>{t('behalf.check.file')}</Button>
          </div>
        </Form>
      </Part>
    </ConsolePage>
  )
})

/** Answers that this page shows: what is refused of them is said beside them. */
const shown = ['categories', 'accountId', 'rule', 'check', 'checkReference', 'checkAt', 'checkNote']
const isShown = (field: string): boolean => shown.includes(field)

/** An answer given on the page before; where something is wrong with it, that and the way to change it. */
function Answer({
  visit: { t },
  form,
  back,
  name,
  said,
}: {
  visit: Visit
  form: FormState
  back: string
  name: string
  said: string
}) {
  const error = errorFor(form.errors, name)
  if (error === undefined && said === '') return null
  return (
    <>
      <p className="whitespace-pre-line">{said}</p>
      {error === undefined ? null : (
        <>
          <FieldHelp name={name} error={error} />
          <a
            id={name}
            className="inline-flex min-h-6 items-center"
            href={`${back}#${name}`}
            aria-describedby={describedBy(name, undefined, error)}
          >
            {t('behalf.check.change')}
          </a>
        </>
      )}
    </>
  )
}
