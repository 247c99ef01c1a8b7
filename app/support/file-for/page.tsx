import { validate as isUuid } from 'uuid'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { Notice } from '@/app/_ui/standing'
import { atFields, personPage } from '@/app/support/file-for/fields'
import { PersonHeld, RecoveredCounts, WhichPerson } from '@/app/support/file-for/person'
import { Wish } from '@/app/support/file-for/wish'
import { findPeopleToFileFor, readPersonToFileFor } from '@/domain/restore/file-for-finder'
import { listQueueChoices } from '@/domain/triage/list-queue-choices'

/** For those who cannot sign in: first who it is, one person, then what to file for them. */
export default page('/support/file-for', async (visit, { query }) => {
  const { t, actor } = visit
  const asked = (query.one('q') ?? '').trim().slice(0, 200)
  const given = query.one('carrier')
  const carrierId = isUuid(given) ? given : undefined
  const found = asked === '' ? null : await findPeopleToFileFor(actor, { asked, ...(carrierId && { carrierId }) })
  const [first, second] = found?.people ?? []
  const named = query.one('person')
  const id = isUuid(named) ? named : second === undefined ? first?.id : undefined
  const person = id === undefined ? null : await readPersonToFileFor(actor, { subscriberId: id })
  const form = atFields(await formState(visit, query.one('form'), 'behalf.errors'))
  return (
    <ConsolePage
      title={t('behalf.title')}
      lead={t('behalf.lead')}
      back={{ href: '/support', label: t('behalf.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {person === null ? (
        <>
          <Find visit={visit} asked={asked} carrierId={carrierId} />
          {found === null ? null : <Found visit={visit} found={found} />}
        </>
      ) : (
        <>
          <WhichPerson visit={visit} person={person} />
          <RecoveredCounts visit={visit} person={person} />
          {person.holds.length > 0 ? (
            <PersonHeld visit={visit} person={person} />
          ) : (
            <>
              <Wish visit={visit} person={person} form={form} />
              <p>
                <a className="inline-flex min-h-6 items-center" href={personPage('/question', person.id)}>
                  {t('behalf.person.question')}
                </a>
              </p>
            </>
          )}
        </>
      )}
    </ConsolePage>
  )
})

async function Find({ visit, asked, carrierId }: { visit: Visit; asked: string; carrierId: string | undefined }) {
  const { t, actor } = visit
  const { carriers } = await listQueueChoices(actor, visit.language)
  return (
    <Card>
      <Form method="get" action="/support/file-for">
        <TextField
          name="q"
          type="search"
          label={t('behalf.find.asked')}
          hint={t('behalf.find.hint')}
          value={asked}
          narrow
        />
        {carriers.length < 2 ? null : (
          <div className="max-w-md">
            <SelectField
              name="carrier"
              label={t('behalf.find.carrier')}
              value={carrierId ?? ''}
              options={[
                { value: '', label: t('behalf.find.every') },
                ...carriers.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </div>
        )}
        <div>
          <Button>{t('behalf.find.go')}</Button>
        </div>
      </Form>
    </Card>
  )
}

function Found({
  visit: { t },
  found: { people, more },
}: {
  visit: Visit
  found: Awaited<ReturnType<typeof findPeopleToFileFor>>
}) {
  if (people.length === 0)
    return (
      <Notice standing="wait" title={t('behalf.find.none')}>
        <p>{t('behalf.find.noneText')}</p>
      </Notice>
    )
  return (
    <Card>
      <Part>
        <h2>{t('behalf.find.several')}</h2>
        <ul className="grid gap-2">
          {people.map(({ id, name, accountId, carrier }) => (
            <li key={id}>
              <a className="inline-flex min-h-6 items-center" href={personPage('', id)}>
                {name ?? t('behalf.find.unnamed')}
              </a>
              <span className="num text-quiet">{` · ${accountId} · ${carrier}`}</span>
            </li>
          ))}
        </ul>
        {more ? <p>{t('behalf.find.more')}</p> : null}
      </Part>
    </Card>
  )
}
