import { redirect } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { Choices, errorFor } from '@/app/_ui/form'
import { answersAsQuery, countChoices, readAnswers } from '@/app/account/restore/answers'
import { chosenHoldings } from '@/app/account/restore/chosen-holdings'
import { Question } from '@/app/account/restore/question'
import { goOn, requireBefore } from '@/app/account/restore/steps'
import { readOverview } from '@/domain/record/read-overview'

export default page('/account/restore/records', async (visit, { query }) => {
  const { t, actor } = visit
  const answers = readAnswers(query)
  requireBefore('records', answers)
  const sent = query.one('go') === '1'
  if (sent && answers.extent === 'some')
    redirect(`/account/restore/choose?holding=${answers.take[0]}&${answersAsQuery(answers)}`)
  if (sent && answers.extent !== null) goOn(answers)

  const chosen = chosenHoldings(await readOverview(actor), answers.take)
  const count = chosen.reduce((sum, { holding }) => sum + holding.found, 0)
  const counted = countChoices(answers)
  const errors = sent ? [{ field: 'extent', text: t('restore.errors.choose-extent') }] : []
  const title = t('restore.records.title')
  return (
    <Question visit={visit} step="records" title={title} answers={answers} asked={['extent']} errors={errors}>
      <Choices
        kind="radio"
        name="extent"
        asHeading
        legend={title}
        hint={t('restore.records.hint')}
        error={errorFor(errors, 'extent')}
        chosen={[answers.extent ?? '']}
        choices={[
          { value: 'all', label: t('restore.records.all', { count }) },
          {
            value: 'some',
            label: t('restore.records.some'),
            ...(counted.out + counted.own > 0 ? { hint: t('restore.records.chosen', counted) } : {}),
          },
        ]}
      />
    </Question>
  )
})
