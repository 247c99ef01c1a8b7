import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import type { RequestView } from '@/domain/restore/find-requests'

/** The way back, until its day has passed. */
export function UndoOffer({ visit: { t, dates }, request }: { visit: Visit; request: RequestView }) {
  const { id, undoUntil, actions } = request
  if (!actions.includes('undo')) return undoUntil === null ? null : <Quiet>{t('requests.undo.over')}</Quiet>
  return (
    <div className="flex flex-wrap items-center gap-4">
      <LinkButton look="plain" href={`/account/restores/${id}/undo`}>
        {t('requests.undo.go')}
      </LinkButton>
      {undoUntil === null ? null : <Quiet>{t('requests.undo.until', { moment: dates.moment(undoUntil) })}</Quiet>}
    </div>
  )
}
