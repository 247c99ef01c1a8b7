import { page } from '@/app/_shell/page'
import { Choices, errorFor } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { Held, ownHolds } from '@/app/account/held'
import { readAnswers } from '@/app/account/restore/answers'
import { chosenHoldings, offeredHoldings } from '@/app/account/restore/chosen-holdings'
import { Question } from '@/app/account/restore/question'
import { goOn } from '@/app/account/restore/steps'
import { readOverview } from '@/domain/record/read-overview'

export default page('/account/restore', async (visit, { query }) => {
  const { t, dates, actor } = visit
  const [overview, holds] = await Promise.all([readOverview(actor), ownHolds(visit)])
  const offered = offeredHoldings(overview)
  const asked = readAnswers(query)
  const answers = { ...asked, take: chosenHoldings(overview, asked.take).map(({ holding }) => holding.id) }
  const sent = query.one('go') === '1'
  if (sent && answers.take.length > 0) goOn(answers)

  const title = t('restore.what.title')
  if (offered.length === 0)
    return (
      <Page title={title} errorPrefix={t('shell.errorPrefix')} back={{ href: '/account', label: t('shell.back') }}>
        <h1>{title}</h1>
        <p>{t('restore.what.nothing')}</p>
      </Page>
    )
  const errors = sent ? [{ field: 'take', text: t('restore.errors.choose-something') }] : []
  return (
    <Question
      visit={visit}
      step="what"
      title={title}
      answers={answers}
      asked={['take']}
      errors={errors}
      above={<Held visit={visit} holds={holds} />}
    >
      <Choices
        kind="checkbox"
        name="take"
        asHeading
        legend={title}
        hint={t('restore.what.hint')}
        error={errorFor(errors, 'take')}
        chosen={answers.take}
        choices={offered.map(({ holding, older }) => {
          const { id, category, found, damaged, asOf } = holding
          const records = t(`shell.records.${category}`, { count: found })
          const day = dates.day(asOf)
          const damage = damaged > 0 ? ` ${t('restore.what.damaged', { count: damaged })}` : ''
          return older
            ? { value: id, label: t('restore.what.older', { records, day }), hint: t('restore.what.olderHint') }
            : {
                value: id,
                label: t(`shell.categories.${category}`),
                hint: `${t('restore.what.says', { records, day })}.${damage}`,
              }
        })}
      />
    </Question>
  )
})
