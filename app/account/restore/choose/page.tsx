import { redirect } from 'next/navigation'
import { outside } from '@/app/_shell/outside'
import { page, type Query } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { Pager } from '@/app/_ui/pager'
import { inShort } from '@/app/account/records/field-value'
import { recordTitle } from '@/app/account/records/record-list'
import {
  type Answers,
  answersAsFields,
  answersAsQuery,
  countChoices,
  readAnswers,
  type SingleChoice,
  singleChoices,
  tooManyChoices,
} from '@/app/account/restore/answers'
import { chosenHoldings } from '@/app/account/restore/chosen-holdings'
import { goOn, requireBefore, stepHref } from '@/app/account/restore/steps'
import { listRecords, recordsPerPage } from '@/domain/record/list-records'
import { readOverview } from '@/domain/record/read-overview'
import type { RecordView } from '@/domain/record/record-view'

/** Record by record: left out, or under a rule of its own. Each page's word is kept in the address when it is sent. */
export default page('/account/restore/choose', async (visit, { query }) => {
  const { t, dates, actor } = visit
  const before = readAnswers(query)
  requireBefore('records', before)
  const chosen = chosenHoldings(await readOverview(actor), before.take)
  const current = (chosen.find(({ holding }) => holding.id === query.one('holding')) ?? chosen[0])?.holding
  if (current === undefined) redirect(stepHref('what', before))
  const answers = { ...before, extent: 'some' as const, choices: withChoices(before, current.id, query) }
  const pageNumber = query.page()
  const href = (holding: string, number = 1) =>
    `/account/restore/choose?holding=${holding}&page=${number}&${answersAsQuery(answers)}`
  const sent = query.one('do')
  const tooMany = tooManyChoices(answers)
  if (sent === 'done' && !tooMany) goOn(answers)
  if (sent === 'keep' && !tooMany) redirect(`${href(current.id, pageNumber)}&kept=1`)

  const input = { holdingId: current.id, page: pageNumber, search: '', state: null }
  const { records, pages } = await listRecords(actor, outside().storage, input)
  const errors = tooMany ? [{ field: null, text: t('restore.errors.too-many-choices') }] : []
  const title = t('restore.choose.title', { category: t(`shell.categoriesInline.${current.category}`) })
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={tooMany}
      back={{ href: stepHref('records', answers), label: t('shell.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={errors} />
      <Part>
        <h1>{title}</h1>
        <p>{t('restore.choose.hint')}</p>
        <nav aria-label={t('account.records.tabs')} className="flex flex-wrap gap-x-5">
          {chosen.map(({ holding, older }) => (
            <a
              key={holding.id}
              href={href(holding.id)}
              aria-current={holding.id === current.id ? 'page' : undefined}
              className={`inline-flex min-h-11 items-center ${holding.id === current.id ? 'font-semibold text-ink no-underline' : ''}`}
            >
              {t(`shell.categories.${holding.category}`)}
              {older ? ` (${dates.day(holding.asOf)})` : null}
            </a>
          ))}
        </nav>
        <p className="num" aria-live="polite">
          {query.one('kept') === '1' ? `${t('restore.choose.kept')} ` : null}
          {t('restore.records.chosen', countChoices(answers))}
        </p>
      </Part>
      <Form
        method="get"
        action="/account/restore/choose"
        hidden={{ ...answersAsFields(answers), holding: current.id, page: String(pageNumber) }}
      >
        <Card>
          <ul className="-my-3 divide-y divide-line">
            {records.map(record => (
              <ChoiceRow
                key={record.ordinal}
                visit={visit}
                record={record}
                choice={answers.choices.get(current.id)?.get(record.ordinal)}
              />
            ))}
          </ul>
        </Card>
        <div className="flex flex-wrap gap-4">
          <Button name="do" value="done">
            {t('restore.choose.done')}
          </Button>
          <Button look="plain" name="do" value="keep">
            {t('restore.choose.keep')}
          </Button>
        </div>
      </Form>
      <Pager
        page={pageNumber}
        pages={pages}
        href={number => href(current.id, number)}
        words={{
          label: t('shell.pager.label'),
          previous: t('shell.pager.previous'),
          next: t('shell.pager.next'),
          position: t('shell.pager.position', { page: pageNumber, pages }),
        }}
      />
    </Page>
  )
})

/** What was chosen before, with what this page's rows say now. */
function withChoices(answers: Answers, holdingId: string, query: Query): Answers['choices'] {
  const mine = new Map(answers.choices.get(holdingId))
  const first = (query.page() - 1) * recordsPerPage
  for (let ordinal = first; ordinal < first + recordsPerPage; ordinal++) {
    const said = query.one(`r${ordinal}`)
    if (said === undefined) continue
    const choice = singleChoices.find(one => one === said)
    if (choice === undefined) mine.delete(ordinal)
    else mine.set(ordinal, choice)
  }
  return new Map(answers.choices).set(holdingId, mine)
}

function ChoiceRow({ visit, record, choice }: { visit: Visit; record: RecordView; choice: SingleChoice | undefined }) {
  const { t } = visit
  const name = `r${record.ordinal}`
  const title = recordTitle(visit, record)
  const labels: Record<SingleChoice, string> = {
    out: t('restore.choose.options.out'),
    keep_both: t('restore.choose.options.both'),
    merge: t('restore.choose.options.merge'),
    keep_current: t('restore.choose.options.current'),
  }
  const offered = singleChoices.filter(one =>
    one === 'out' ? true : one === 'merge' ? record.category === 'contacts' : record.category !== 'photos',
  )
  return (
    <li className="grid max-w-none items-center gap-x-6 gap-y-2 py-3 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        {record.state === 'damaged' ? (
          <p className="font-semibold">{title}</p>
        ) : (
          <label htmlFor={name} className="font-semibold">
            {title}
          </label>
        )}
        <Quiet className="num">
          {record.state === 'damaged' ? t('account.records.damaged') : inShort(visit, record)}
        </Quiet>
      </div>
      {record.state === 'damaged' ? null : (
        <select
          id={name}
          name={name}
          defaultValue={choice ?? 'as'}
          className="min-h-11 rounded-control border-2 border-line-strong bg-card px-3 text-note"
        >
          <option value="as">{t('restore.choose.options.as')}</option>
          {offered.map(one => (
            <option key={one} value={one}>
              {labels[one]}
            </option>
          ))}
        </select>
      )}
    </li>
  )
}
