import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Choices, errorFor } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { readAnswers } from '@/app/account/restore/answers'
import { Question } from '@/app/account/restore/question'
import { goOn, requireBefore, stepHref } from '@/app/account/restore/steps'
import { listAccounts } from '@/domain/restore/list-accounts'

export default page('/account/restore/account', async (visit, { query }) => {
  const { t, actor } = visit
  const asked = readAnswers(query)
  requireBefore('account', asked)
  const accounts = await listAccounts(actor)
  const known = accounts.some(({ id }) => id === asked.account)
  const answers = { ...asked, account: known ? asked.account : null }
  const sent = query.one('go') === '1'
  if (sent && answers.account !== null) goOn(answers)

  const here = stepHref('account', answers)
  const add = `/account/devices/new?next=${encodeURIComponent(here)}`
  const title = t('restore.account.title')
  if (accounts.length === 0)
    return (
      <Page
        title={title}
        errorPrefix={t('shell.errorPrefix')}
        back={{ href: stepHref('records', answers), label: t('shell.back') }}
      >
        <Part>
          <h1>{title}</h1>
          <p>{t('restore.account.none')}</p>
          <div>
            <LinkButton href={add}>{t('restore.account.addNow')}</LinkButton>
          </div>
        </Part>
      </Page>
    )
  const errors = sent ? [{ field: 'account', text: t('restore.errors.choose-account') }] : []
  const [only] = accounts
  return (
    <Question visit={visit} step="account" title={title} answers={answers} asked={['account']} errors={errors}>
      <Choices
        kind="radio"
        name="account"
        asHeading
        legend={title}
        hint={t('restore.account.hint')}
        error={errorFor(errors, 'account')}
        chosen={[answers.account ?? (accounts.length === 1 && only ? only.id : '')]}
        choices={accounts.map(({ id, label, kind, username, url }) => ({
          value: id,
          label,
          hint: kind === 'dav' ? [username, new URL(url).host].filter(Boolean).join(' · ') : t('devices.kinds.vdir'),
        }))}
      />
      <p>
        <a href={add}>{t('restore.account.add')}</a>. {t('restore.account.addHint')}
      </p>
    </Question>
  )
})
