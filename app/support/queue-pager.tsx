import type { Visit } from '@/app/_shell/visit'
import type { Asked } from '@/app/support/ask-queue'
import { addressOf } from '@/app/support/queue-address'

/** Links to the pages beside this one, and to the first. */
export function QueuePager({ visit: { t }, asked }: { visit: Visit; asked: Asked }) {
  const { list, next, previous } = asked
  if (list === null || (next === null && previous === null)) return null
  const { filter, newestFirst } = list
  const link = 'inline-flex min-h-9 items-center'
  return (
    <nav aria-label={t('support.queue.pages')} className="screen-only flex flex-wrap items-center gap-6">
      {previous === null ? null : (
        <>
          <a className={link} href={addressOf(filter, newestFirst)}>
            {t('support.queue.first')}
          </a>
          <a rel="prev" className={link} href={addressOf(filter, newestFirst, { before: previous })}>
            {t('queue.previous')}
          </a>
        </>
      )}
      {next === null ? null : (
        <a rel="next" className={link} href={addressOf(filter, newestFirst, { after: next })}>
          {t('queue.next')}
        </a>
      )}
    </nav>
  )
}
