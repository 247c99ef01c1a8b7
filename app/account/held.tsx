import type { Visit } from '@/app/_shell/visit'
import { Notice } from '@/app/_ui/standing'
import { holdWords } from '@/app/account/security/hold-words'
import { type Hold, holdsKnownAccounts } from '@/domain/identity/holds'
import { readHolds } from '@/domain/identity/read-security'

/** What holds back whoever reads; nothing for anybody else. */
export const ownHolds = async ({ actor }: Visit): Promise<Hold[]> =>
  actor.role === 'subscriber' ? readHolds(actor, { subscriberId: actor.subscriberId }) : []

/** Says before anybody asks in vain why nothing is given out, and where that can be changed. */
export function Held({ visit, holds }: { visit: Visit; holds: Hold[] }) {
  const { t } = visit
  if (holds.length === 0) return null
  return (
    <Notice
      standing="you"
      title={t(holds.some(holdsKnownAccounts) ? 'identity.page.holdsTitle' : 'identity.page.holdsSomeTitle')}
    >
      {holds.map(hold => (
        <p key={hold.kind}>{holdWords(visit, hold)}</p>
      ))}
      <p>
        <a className="inline-flex min-h-11 items-center" href="/account/security">
          {t('identity.freeze.security')}
        </a>
      </p>
    </Notice>
  )
}
