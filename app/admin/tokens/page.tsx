import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { IssueForm } from '@/app/admin/tokens/issue-form'
import { TokenTable } from '@/app/admin/tokens/token-table'
import { listTokenCarriers, listTokens } from '@/domain/access/list-tokens'
import { may } from '@/domain/policy'
import type { Translate } from '@/messages/translate'

const nothing = { carrierId: null, subscriberId: null }

/** Which programs may read what, and for how long yet; a new token's text is shown here once. */
export default page('/admin/tokens', async (visit, { query }) => {
  const { t, actor } = visit
  const [tokens, carriers, form] = await Promise.all([
    listTokens(actor),
    listTokenCarriers(actor),
    formState(visit, query.one('form'), 'tokens.errors'),
  ])
  const manages = may(actor, 'token.manage', nothing)
  return (
    <ConsolePage
      title={t('tokens.title')}
      lead={t('tokens.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Done t={t} done={query.one('done')} form={form} />
      <Card>
        <Part>
          <h2>{t('tokens.list')}</h2>
          {tokens.length === 0 ? (
            <p>{t('tokens.none')}</p>
          ) : (
            <TokenTable visit={visit} tokens={tokens} manages={manages} />
          )}
        </Part>
      </Card>
      {manages ? (
        <Card>
          <Part>
            <h2>{t('tokens.new')}</h2>
            <IssueForm visit={visit} carriers={carriers} form={form} />
          </Part>
        </Card>
      ) : null}
    </ConsolePage>
  )
})

function Done({ t, done, form }: { t: Translate; done: string | undefined; form: FormState }) {
  if (done === 'revoked' && !form.returned) return <Notice standing="ok" title={t('tokens.revoked')} />
  const text = form.value('text')
  if (text === undefined || (done !== 'made' && done !== 'rotated')) return null
  return (
    <Card>
      <div className="grid gap-2" role="status">
        <h2>{t(`tokens.${done}`)}</h2>
        <p>{t('tokens.once')}</p>
        <p className="font-semibold">{t('tokens.text')}</p>
        <p>
          <code className="[overflow-wrap:anywhere]">{text}</code>
        </p>
        {done === 'rotated' ? <p>{t('tokens.overlap')}</p> : null}
      </div>
    </Card>
  )
}
