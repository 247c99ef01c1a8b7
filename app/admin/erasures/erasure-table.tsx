import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import type { Standing } from '@/app/_ui/icon'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { may } from '@/domain/policy'
import { allowsErasure } from '@/domain/retention/erasure-status'
import type { ListedErasure } from '@/domain/retention/list-erasures'

const nothing = { carrierId: null, subscriberId: null }
const standings: Record<ListedErasure['status'], Standing> = {
  asked: 'you',
  approved: 'wait',
  refused: 'gone',
  withdrawn: 'gone',
  running: 'busy',
  done: 'ok',
}

/** Erasures, those that are not over first, with what can be done about each. */
export function ErasureTable({ visit, erasures }: { visit: Visit; erasures: ListedErasure[] }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('retention.erasures.list')}
      columns={(['whom', 'state', 'asked', 'act'] as const).map(name => ({
        head: t(`retention.erasures.columns.${name}`),
        ...(name === 'act' ? { selfExplaining: true } : {}),
      }))}
      rows={erasures.map(one => ({
        key: one.id,
        cells: [
          <div key="whom" className="[overflow-wrap:anywhere]">
            {one.accountId ?? t('retention.erasures.nobody')}
            <Quiet>{one.carrierName}</Quiet>
            {one.accountId === null ? <Quiet>{one.subscriberId}</Quiet> : null}
          </div>,
          <State key="state" visit={visit} one={one} />,
          <div key="asked">
            {dates.moment(one.askedAt)}
            <Quiet>{t(`retention.erasures.sources.${one.source}`)}</Quiet>
          </div>,
          <ActsOf key="act" visit={visit} one={one} />,
        ],
      }))}
    />
  )
}

function State({ visit: { t, dates }, one }: { visit: Visit; one: ListedErasure }) {
  const { status, dueAt, endedAt, waitReason } = one
  return (
    <div className="grid justify-items-start gap-1">
      <StandingTag standing={standings[status]}>{t(`retention.erasures.states.${status}`)}</StandingTag>
      {status === 'approved' && dueAt !== null ? (
        <Quiet>{t('retention.erasures.due', { moment: dates.moment(dueAt) })}</Quiet>
      ) : null}
      {waitReason === null ? null : <Quiet>{t(`retention.erasures.reasons.${waitReason}`)}</Quiet>}
      {endedAt === null ? null : <Quiet>{dates.moment(endedAt)}</Quiet>}
    </div>
  )
}

function ActsOf({ visit: { t, actor, formToken }, one }: { visit: Visit; one: ListedErasure }) {
  const decides = may(actor, 'erasure.decide', nothing) && !one.askedBySelf
  const acts = [
    { act: 'approve', offered: decides && allowsErasure('approve', one.status) },
    { act: 'refuse', offered: decides && allowsErasure('refuse', one.status) },
    {
      act: 'withdraw',
      offered: may(actor, 'erasure.withdraw', nothing) && allowsErasure('withdraw', one.status) && !decides,
    },
  ] as const
  return (
    <div className="flex flex-wrap gap-3">
      {acts
        .filter(({ offered }) => offered)
        .map(({ act }) => (
          <Form key={act} action={`/admin/erasures/${act}`} token={formToken} hidden={{ erasureId: one.id }}>
            <div>
              <Button look={act === 'approve' ? 'stern' : 'plain'}>
                {t(`retention.erasures.${act}`)}
                <span className="sr-only"> {one.accountId}</span>
              </Button>
            </div>
          </Form>
        ))}
    </div>
  )
}
