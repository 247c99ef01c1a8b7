import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import type { Standing } from '@/app/_ui/icon'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import type { ListedToken, TokenStatus } from '@/domain/access/list-tokens'
import { isTokenScope } from '@/domain/access/token-scopes'

const standings: Record<TokenStatus, Standing> = { active: 'ok', expired: 'gone', revoked: 'gone' }

/** Tokens, those that work first, with what can be done about each. */
export function TokenTable({ visit, tokens, manages }: { visit: Visit; tokens: ListedToken[]; manages: boolean }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('tokens.list')}
      columns={[
        { head: t('tokens.columns.name') },
        { head: t('tokens.columns.may') },
        { head: t('tokens.columns.state') },
        { head: t('tokens.columns.used'), short: true },
        ...(manages ? [{ head: t('tokens.columns.act'), selfExplaining: true }] : []),
      ]}
      rows={tokens.map(token => ({
        key: token.id,
        cells: [
          <div key="name" className="[overflow-wrap:anywhere]">
            <span className="font-semibold">{token.name}</span>
            <Quiet>{token.carrierName ?? t('tokens.every')}</Quiet>
          </div>,
          <ul key="may" className="grid gap-1">
            {token.scopes.map(scope => (
              <li key={scope}>{isTokenScope(scope) ? t(`tokens.scope.${scope}`) : t('tokens.otherScope')}</li>
            ))}
          </ul>,
          <State key="state" visit={visit} token={token} />,
          token.lastUsedAt === null ? t('tokens.never') : <When key="used" at={token.lastUsedAt} dates={dates} />,
          ...(manages ? [<Acts key="act" visit={visit} token={token} />] : []),
        ],
      }))}
    />
  )
}

function State({ visit: { t, dates }, token }: { visit: Visit; token: ListedToken }) {
  const { status, expiresAt, revokedAt, previousUntil } = token
  return (
    <div className="grid justify-items-start gap-1">
      <StandingTag standing={standings[status]}>{t(`tokens.states.${status}`)}</StandingTag>
      <Quiet>{revokedAt === null ? t('tokens.until', { day: dates.day(expiresAt) }) : dates.day(revokedAt)}</Quiet>
      {previousUntil === null ? null : (
        <Quiet>{t('tokens.previous', { moment: dates.shortMoment(previousUntil) })}</Quiet>
      )}
    </div>
  )
}

function Acts({ visit: { t, formToken }, token: { id, name, status } }: { visit: Visit; token: ListedToken }) {
  if (status !== 'active') return null
  return (
    <div className="flex flex-wrap gap-3">
      {(['rotate', 'revoke'] as const).map(act => (
        <Form key={act} action={`/admin/tokens/${act}`} token={formToken} hidden={{ tokenId: id }}>
          <div>
            <Button look={act === 'revoke' ? 'stern' : 'plain'}>
              {t(`tokens.${act}`)}
              <span className="sr-only"> {name}</span>
            </Button>
          </div>
        </Form>
      ))}
    </div>
  )
}
