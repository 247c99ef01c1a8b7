import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import type { OwnErasure } from '@/domain/retention/list-erasures'

/** To ask that everything be erased, and to take it back while that can be done. */
export function ErasePart({ visit: { t, dates, formToken }, erasure }: { visit: Visit; erasure: OwnErasure | null }) {
  if (erasure === null) {
    return (
      <Part>
        <h2>{t('retention.own.title')}</h2>
        <p>{t('retention.own.text')}</p>
        <Form action="/account/security/erase" token={formToken} hidden={{ sure: 'yes' }}>
          <div>
            <Button look="stern">{t('retention.own.ask')}</Button>
          </div>
        </Form>
      </Part>
    )
  }
  const { id, dueAt, askedAt } = erasure
  return (
    <Notice
      standing="you"
      title={
        dueAt === null
          ? t('retention.own.asked', { moment: dates.moment(askedAt) })
          : t('retention.own.due', { moment: dates.moment(dueAt) })
      }
    >
      <p>{t('retention.own.back')}</p>
      <Form action="/account/security/erase/withdraw" token={formToken} hidden={{ erasureId: id }}>
        <div>
          <Button look="plain">{t('retention.own.withdraw')}</Button>
        </div>
      </Form>
    </Notice>
  )
}
