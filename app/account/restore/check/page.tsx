import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Card, Facts, Quiet } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { ProofNeeded } from '@/app/account/proof-needed'
import { answersAsQuery, countChoices, readAnswers } from '@/app/account/restore/answers'
import { chosenHoldings } from '@/app/account/restore/chosen-holdings'
import { requireBefore, type Step, stepHref, steps } from '@/app/account/restore/steps'
import { readOverview } from '@/domain/record/read-overview'
import { findOverlap } from '@/domain/restore/find-overlap'
import { listAccounts } from '@/domain/restore/list-accounts'

export default page('/account/restore/check', async (visit, { query }) => {
  const { t, dates, actor } = visit
  const asked = readAnswers(query)
  const [overview, accounts] = await Promise.all([readOverview(actor), listAccounts(actor)])
  const chosen = chosenHoldings(overview, asked.take)
  const account = accounts.find(({ id }) => id === asked.account)
  const answers = { ...asked, take: chosen.map(({ holding }) => holding.id), account: account?.id ?? null }
  requireBefore('check', answers)

  const [form, before] = await Promise.all([
    formState(visit, query.one('form'), 'restore.errors'),
    findOverlap(actor, answers.take),
  ])
  // What is wrong here is wrong with an answer given on another page.
  const errors = form.errors.map(({ text }) => ({ field: null, text }))
  const counted = countChoices(answers)
  const change = (step: Step, what: string) => (
    <a href={stepHref(step, answers)} className="inline-flex min-h-11 items-center">
      {t('shell.change')}
      <span className="sr-only">: {what}</span>
    </a>
  )
  const title = t('restore.check.title')
  const rule = answers.rule === null ? '' : t(`requests.rules.${answers.rule}`)
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={errors.length > 0}
      back={{ href: stepHref('rule', answers), label: t('shell.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={errors} />
      <div className="grid gap-2">
        <Quiet className="num">{t('restore.step', { step: steps.length, steps: steps.length })}</Quiet>
        <h1>{title}</h1>
      </div>
      {before === null ? null : (
        <Notice
          standing="wait"
          title={t('joined.own.filed', { reference: before.reference, day: dates.day(before.filedAt) })}
        >
          <p>{t('joined.own.filedText')}</p>
          <p>
            <a className="inline-flex min-h-11 items-center" href={`/account/restores/${before.id}`}>
              {t('joined.own.filedOpen', { reference: before.reference })}
            </a>
          </p>
        </Notice>
      )}
      <Card>
        <div className="-my-3">
          <Facts
            rows={[
              {
                term: t('restore.check.what'),
                value: (
                  <ul className="num grid gap-1">
                    {chosen.map(({ holding: { id, category, found, asOf } }) => (
                      <li key={id}>
                        {t('restore.check.asOf', {
                          records: t(`shell.records.${category}`, { count: found }),
                          day: dates.day(asOf),
                        })}
                      </li>
                    ))}
                  </ul>
                ),
                change: change('what', t('restore.check.what')),
              },
              {
                term: t('restore.check.records'),
                value:
                  counted.out + counted.own === 0
                    ? t('restore.check.nothingOut')
                    : t('restore.records.chosen', counted),
                change: change('records', t('restore.check.records')),
              },
              {
                term: t('restore.check.account'),
                value: account?.label ?? '',
                change: change('account', t('restore.check.account')),
              },
              { term: t('restore.check.rule'), value: rule, change: change('rule', t('restore.check.rule')) },
            ]}
          />
        </div>
      </Card>
      <Part>
        <p>{t('restore.check.next')}</p>
        <ProofNeeded visit={visit} />
        <Form action="/account/restore/file" token={visit.formToken} hidden={{ answers: answersAsQuery(answers) }}>
          <div>
            <Button>{t('restore.check.file')}</Button>
          </div>
        </Form>
      </Part>
    </Page>
  )
})
