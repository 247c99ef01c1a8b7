import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Quiet, Said } from '@/app/_ui/card'
import { Choices, errorFor } from '@/app/_ui/form'
import { readAnswers } from '@/app/account/restore/answers'
import { chosenHoldings } from '@/app/account/restore/chosen-holdings'
import { Question } from '@/app/account/restore/question'
import { goOn, requireBefore } from '@/app/account/restore/steps'
import { listRecords } from '@/domain/record/list-records'
import { readOverview } from '@/domain/record/read-overview'

export default page('/account/restore/rule', async (visit, { query }) => {
  const { t, actor } = visit
  const answers = readAnswers(query)
  requireBefore('rule', answers)
  const sent = query.one('go') === '1'
  if (sent && answers.rule !== null) goOn(answers)

  const chosen = chosenHoldings(await readOverview(actor), answers.take)
  const contacts = chosen.find(({ holding }) => holding.category === 'contacts')?.holding
  const onlyContacts = chosen.every(({ holding }) => holding.category === 'contacts')
  const errors = sent ? [{ field: 'rule', text: t('restore.errors.choose-rule') }] : []
  const title = t('restore.rule.title')
  return (
    <Question visit={visit} step="rule" title={title} answers={answers} asked={['rule']} errors={errors}>
      <Choices
        kind="radio"
        name="rule"
        asHeading
        legend={title}
        hint={t('restore.rule.hint')}
        error={errorFor(errors, 'rule')}
        chosen={[answers.rule ?? '']}
        choices={[
          { value: 'keep_both', label: t('restore.rule.both'), hint: t('restore.rule.bothHint') },
          ...(contacts === undefined
            ? []
            : [
                {
                  value: 'merge',
                  label: t('restore.rule.merge'),
                  hint: `${t('restore.rule.mergeHint')}${onlyContacts ? '' : ` ${t('restore.rule.mergeOnly')}`}`,
                },
              ]),
          { value: 'keep_current', label: t('restore.rule.current'), hint: t('restore.rule.currentHint') },
        ]}
      />
      {contacts === undefined ? null : <Example visit={visit} holdingId={contacts.id} />}
    </Question>
  )
})

/** The rules told by a contact of the person's own. */
async function Example({ visit: { t, actor }, holdingId }: { visit: Visit; holdingId: string }) {
  const { records } = await listRecords(actor, outside().storage, { holdingId, page: 1, search: '', state: 'complete' })
  const example = records.find(({ title, fields }) => title !== null && fields.some(({ name }) => name === 'phone'))
  const value = example?.fields.find(({ name }) => name === 'phone')?.value
  if (!example?.title || typeof value !== 'string') return null
  return (
    <Said>
      <p className="font-semibold">{t('restore.rule.example', { title: example.title })}</p>
      <Quiet className="num">{t('restore.rule.exampleRecovered', { value })}</Quiet>
      <Quiet>{t('restore.rule.exampleCurrent')}</Quiet>
    </Said>
  )
}
