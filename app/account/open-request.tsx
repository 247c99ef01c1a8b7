import type { Visit } from '@/app/_shell/visit'
import { Notice } from '@/app/_ui/standing'
import type { OwnRequest } from '@/domain/incident/own-incident'

/** How an unfinished request stands, with the way to it; nothing for one that is over. */
export function OpenRequest({
  visit: { t },
  request: { status, reference, id },
}: {
  visit: Visit
  request: OwnRequest
}) {
  if (status === 'declined' || status === 'done' || status === 'undone') return null
  const standing = status === 'held' || status === 'waiting' ? 'you' : status === 'running' ? 'busy' : 'wait'
  return (
    <Notice
      standing={standing}
      title={t.rich(`account.home.request.${status}`, {
        ref: () => <span className="num whitespace-nowrap">{reference}</span>,
      })}
    >
      <p>
        <a className="inline-flex min-h-11 items-center" href={`/account/restores/${id}`}>
          {t('account.home.request.see')}
        </a>
      </p>
    </Notice>
  )
}
