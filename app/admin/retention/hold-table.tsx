import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { may } from '@/domain/policy'
import type { ListedHold } from '@/domain/retention/list-legal-holds'

const nothing = { carrierId: null, subscriberId: null }

/** Legal holds, those that stand first, with the button that two people press to end one. */
export function HoldTable({ visit, holds }: { visit: Visit; holds: ListedHold[] }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('retention.holds')}
      columns={(['whom', 'why', 'since', 'act'] as const).map(name => ({
        head: t(`retention.columns.${name}`),
        ...(name === 'act' ? { selfExplaining: true } : {}),
      }))}
      rows={holds.map(hold => ({
        key: hold.id,
        cells: [
          <div key="whom" className="[overflow-wrap:anywhere]">
            {hold.subject ?? t('retention.gone')}
            <Quiet>{t(`retention.scopes.${hold.scope}`)}</Quiet>
          </div>,
          <div key="why" className="[overflow-wrap:anywhere]">
            {hold.reason}
            <Quiet>{hold.reference}</Quiet>
          </div>,
          dates.moment(hold.placedAt),
          <End key="act" visit={visit} hold={hold} />,
        ],
      }))}
    />
  )
}

function End({ visit: { t, dates, actor, formToken }, hold }: { visit: Visit; hold: ListedHold }) {
  const { id, endedAt, endAskedAt, askedBySelf, reference } = hold
  if (endedAt !== null) {
    return <StandingTag standing="gone">{t('retention.endedOn', { moment: dates.shortMoment(endedAt) })}</StandingTag>
  }
  if (!may(actor, 'legal-hold.end', nothing)) return null
  if (askedBySelf) return <Quiet>{t('retention.waits')}</Quiet>
  return (
    <Form action="/admin/retention/holds/end" token={formToken} hidden={{ holdId: id }}>
      {endAskedAt === null ? null : <Quiet>{t('retention.endAsked', { relative: dates.relative(endAskedAt) })}</Quiet>}
      <div>
        <Button look={endAskedAt === null ? 'plain' : 'stern'}>
          {t(endAskedAt === null ? 'retention.askEnd' : 'retention.agreeEnd')}
          <span className="sr-only"> {reference}</span>
        </Button>
      </div>
    </Form>
  )
}
