import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Choices, errorFor } from '@/app/_ui/form'
import { readAnswers } from '@/app/account/restore/answers'
import { chosenHoldings } from '@/app/account/restore/chosen-holdings'
import { Question } from '@/app/account/restore/question'
import { goOn, requireBefore } from '@/app/account/restore/steps'
import { contentStanding } from '@/domain/content-right'
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
  const example = contacts === undefined ? null : await exampleOf(visit, contacts.id)
  const hintOf = (rule: 'both' | 'merge' | 'current') =>
    `${t(`restore.rule.${rule}Hint`)}${example === null ? '' : ` ${t(`restore.rule.${rule}Example`, example)}`}`
  const errors = sent ? [{ field: 'rule', text: t('restore.errors.choose-rule') }] : []
  const title = t('restore.rule.title')
  return (
    <Question visit={visit} step="rule" title={title} answers={answers} asked={['rule']} errors={errors}>
      <Choices
        kind="radio"
        name="rule"
        asHeading
        legend={title}
        hint={
          example === null ? t('restore.rule.hint') : `${t('restore.rule.hint')} ${t('restore.rule.example', example)}`
        }
        error={errorFor(errors, 'rule')}
        chosen={[answers.rule ?? '']}
        choices={[
          { value: 'keep_both', label: t('restore.rule.both'), hint: hintOf('both') },
          ...(contacts === undefined
            ? []
            : [
                {
                  value: 'merge',
                  label: t('restore.rule.merge'),
                  hint: `${hintOf('merge')}${onlyContacts ? '' : ` ${t('restore.rule.mergeOnly')}`}`,
                },
              ]),
          { value: 'keep_current', label: t('restore.rule.current'), hint: hintOf('current') },
        ]}
      />
    </Question>
  )
})

/** A contact of the person's own by which the rules can be told: its name and a number. */
async function exampleOf({ actor }: Visit, holdingId: string): Promise<{ title: string; value: string } | null> {
  // Whoever may not see content yet is told the rules without one.
  if ((await contentStanding(actor)).kind !== 'open') return null
  const { records } = await listRecords(actor, outside().storage, { holdingId, page: 1, search: '', state: 'complete' })
  for (const { title, fields } of records) {
    const value = fields.find(({ name }) => name === 'phone')?.value
    if (title !== null && typeof value === 'string') return { title, value }
  }
  return null
}
