import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { boxClass, Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { listPasskeys, type OwnPasskey } from '@/domain/identity/list-passkeys'

/** The person's own passkeys: add, rename, revoke. */
export async function PasskeyList({ visit }: { visit: Visit }) {
  const { t, actor, formToken, session } = visit
  const keys = await listPasskeys(actor)
  // Nothing else lets staff in.
  const keepsLast = session?.staffId != null && keys.length === 1
  return (
    <Part>
      <h2>{t('passkeys.list')}</h2>
      {keys.length === 0 ? <p>{t('passkeys.none')}</p> : null}
      {keys.map(key => (
        <PasskeyCard key={key.id} visit={visit} passkey={key} isLast={keepsLast} />
      ))}
      <Form action="/security/passkey/begin" token={formToken}>
        <div>
          <Button look="plain">{t('passkeys.add')}</Button>
        </div>
      </Form>
    </Part>
  )
}

function PasskeyCard({ visit, passkey, isLast }: { visit: Visit; passkey: OwnPasskey; isLast: boolean }) {
  const { t, dates, formToken } = visit
  const { id, name, createdAt, lastUsedAt, isSynced } = passkey
  return (
    <Card>
      <div className="grid gap-4 [overflow-wrap:anywhere]">
        <div className="grid gap-1">
          <h3>{name}</h3>
          <Quiet>
            {t('passkeys.added', { day: dates.day(createdAt) })}{' '}
            {lastUsedAt === null
              ? t('passkeys.neverUsed')
              : t('passkeys.lastUsed', { moment: dates.moment(lastUsedAt) })}{' '}
            {isSynced ? t('passkeys.synced') : t('passkeys.oneDevice')}
          </Quiet>
        </div>
        <Disclosure summary={t('passkeys.change', { name })}>
          <div className="grid gap-6">
            <Form action="/security/passkey/rename" token={formToken} hidden={{ passkeyId: id }}>
              {/* Without ids: there is one such field a passkey. */}
              <label className="grid max-w-md gap-1.5">
                <span className="font-semibold">{t('passkeys.name')}</span>
                <input name="name" type="text" defaultValue={name} maxLength={60} className={boxClass(undefined)} />
              </label>
              <div>
                <Button look="plain">{t('passkeys.rename')}</Button>
              </div>
            </Form>
            {isLast ? (
              <p>{t('passkeys.errors.passkey-last')}</p>
            ) : (
              <Form action="/security/passkey/revoke" token={formToken} hidden={{ passkeyId: id }}>
                <p>{t('passkeys.revokeText')}</p>
                <div>
                  <Button look="stern">{t('passkeys.revoke')}</Button>
                </div>
              </Form>
            )}
          </div>
        </Disclosure>
      </div>
    </Card>
  )
}
