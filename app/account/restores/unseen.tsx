import type { Visit } from '@/app/_shell/visit'
import { waitPath } from '@/app/_shell/wait-path'
import type { RequestView } from '@/domain/restore/find-requests'

/** Said above a list whose records are not named: to whoever may not see content yet, or because they are another person's. */
export function Unseen({ visit: { t, path }, request }: { visit: Visit; request: RequestView }) {
  if (request.crossing !== null) return <p>{t('crossings.unnamed')}</p>
  return (
    <p>
      {t('identity.content.unseenText')}{' '}
      <a className="inline-flex min-h-11 items-center" href={waitPath(path)}>
        {t('identity.content.unseenWhy')}
      </a>
    </p>
  )
}
