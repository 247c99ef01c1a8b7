import type { Visit } from '@/app/_shell/visit'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { actorId } from '@/domain/actor'
import type { StaffMemberPage } from '@/domain/identity/find-staff-member'
import { may } from '@/domain/policy'

const nobody = { carrierId: null, subscriberId: null }

/** Whoever lost every passkey: one administrator asks, another approves or says no. Everybody who reads this page sees it. */
export function Recovery({ visit, member }: { visit: Visit; member: StaffMemberPage }) {
  const { t, dates, actor, formToken } = visit
  const { id, name, passkeys, recovery } = member
  const acts = may(actor, 'staff.recover', nobody) && actorId(actor) !== id
  if (recovery === null && (passkeys === 0 || !acts)) return null
  const at = `/admin/people/${id}/recover`
  const hidden = { recoveryId: recovery?.id }
  return (
    <Card>
      <Part>
        <h2>{t('admin.people.recovery.title')}</h2>
        <p>
          {recovery === null
            ? t('admin.people.recovery.text', { name })
            : t('admin.people.recovery.asked', {
                who: recovery.askedByName ?? recovery.askedBy,
                moment: dates.moment(recovery.askedAt),
                until: dates.moment(recovery.expires),
              })}
        </p>
        {!acts ? null : recovery === null ? (
          <Form action={at} token={formToken}>
            <div>
              <Button look="plain">{t('admin.people.recovery.ask')}</Button>
            </div>
          </Form>
        ) : (
          <Acts>
            {recovery.askedBy === actorId(actor) ? null : (
              <Form action={`${at}/approve`} token={formToken} hidden={hidden}>
                <Button look="stern">{t('admin.people.recovery.approve')}</Button>
              </Form>
            )}
            <Form action={`${at}/refuse`} token={formToken} hidden={hidden}>
              <Button look="plain">
                {recovery.askedBy === actorId(actor)
                  ? t('admin.people.recovery.takeBack')
                  : t('admin.people.recovery.refuse')}
              </Button>
            </Form>
          </Acts>
        )}
      </Part>
    </Card>
  )
}
