import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { recordsInWords } from '@/app/_shell/words'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { ProofNeeded } from '@/app/account/proof-needed'
import { checkOf, personPage, person as personSchema, requestFields } from '@/app/support/file-for/fields'
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
  const form = await formState(visit, query.one('form'), 'behalf.errors')
  const given = Object.fromEntries(names.map(name => [name, form.values(name)]))
  const read = requestFields.safeParse(
    Object.fromEntries(Object.entries(given).map(([name, values]) => [name, values.length === 1 ? values[0] : values])),
  )
  if (!read.success || read.data.person !== named.data) redirect(personPage('', named.data))
  const { data } = read
  const account = person.accounts.find(({ id }) => id === data.accountId)
  const { kind, reference, note, madeAt } = checkOf(data)
  const counts = Object.fromEntries(
    person.recovered.filter(({ category }) => data.categories.includes(category)).map(one => [one.category, one.found]),
  )
  return (
    <ConsolePage
      title={t('behalf.check.title')}
      back={{ href: `${personPage('', person.id)}&form=${query.one('form')}`, label: t('behalf.check.change') }}
      // What is wrong here is wrong with an answer given on the page before.
      errors={form.errors.map(({ text }) => ({ field: null, text }))}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <CompactFacts
          rows={[
            {
              term: t('behalf.check.who'),
              value: `${person.name ?? t('behalf.find.unnamed')} · ${person.accountId} · ${person.carrier}`,
            },
            { term: t('behalf.check.what'), value: recordsInWords(visit, counts) },
            { term: t('behalf.check.account'), value: account?.label ?? '' },
            { term: t('behalf.check.rule'), value: t(`support.case.rules.${data.rule}`) },
            {
              term: t('behalf.check.identity'),
              value: (
                <>
                  <p>{`${t(`behalf.identity.kinds.${kind}`)} · ${reference} · ${dates.moment(madeAt)}`}</p>
                  {note === '' ? null : <p className="whitespace-pre-line">{note}</p>}
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
