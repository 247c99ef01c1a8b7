import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import type { FoundBatch } from '@/domain/recovery/find-batch'
import { sentenceFor } from '@/messages/translate'

export function exceptionWords({ t, language }: Visit, reason: string): string {
  return sentenceFor(language, 'reasons.exceptions', reason) ?? t('reasons.exceptions.other')
}

/** How many exceptions for which reason, each leading to its list. */
export function ExceptionCounts({
  visit,
  batch,
  reasons,
}: {
  visit: Visit
  batch: FoundBatch
  reasons: { reason: string; count: number }[]
}) {
  const { t, dates } = visit
  const href = `/admin/batches/${batch.id}/exceptions`
  return (
    <Card>
      <Part>
        <h2>{t('admin.batch.exceptions')}</h2>
        {reasons.length === 0 ? (
          <p>{t('admin.batch.noExceptions')}</p>
        ) : (
          <>
            <ul className="grid gap-1.5">
              {reasons.map(({ reason, count }) => (
                <li key={reason} className="flex items-center gap-3">
                  <span className="num min-w-10 text-right font-semibold">{dates.number(count)}</span>
                  <a className="inline-flex min-h-6 items-center" href={`${href}?reason=${encodeURIComponent(reason)}`}>
                    {exceptionWords(visit, reason)}
                  </a>
                </li>
              ))}
            </ul>
            <p>
              <a className="inline-flex min-h-6 items-center" href={href}>
                {t('admin.batch.seeExceptions', { count: batch.exceptionCount })}
              </a>
            </p>
          </>
        )}
      </Part>
    </Card>
  )
}
