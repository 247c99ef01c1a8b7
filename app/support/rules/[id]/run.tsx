import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { Meter } from '@/app/_ui/meter'
import { Notice } from '@/app/_ui/standing'
import { outcomeWords } from '@/app/support/rules/rule-words'
import type { RunView } from '@/domain/triage/rules/find-rules'

/** How far a run through what waits is, and what comes of each ticket that matches. */
export function Run({ visit, run, ruleId }: { visit: Visit; run: RunView; ruleId: string }) {
  const { t, dates } = visit
  const { status, lookedAt, matched, total, counts, sample, wide, kind } = run
  const label = t('rules.try.meter', { done: lookedAt, total: Math.max(total, lookedAt) })
  const at = dates.moment(run.endedAt ?? run.askedAt)
  return (
    <div className="grid gap-3">
      <Quiet>{t(`rules.try.${status}`, { moment: status === 'running' ? dates.moment(run.askedAt) : at })}</Quiet>
      <p>{label}</p>
      <Meter
        label={label}
        parts={[
          { count: matched, kind: 'ok' },
          { count: lookedAt - matched, kind: 'partial' },
          { count: Math.max(0, total - lookedAt), kind: 'gone' },
        ]}
      />
      {status === 'running' ? (
        <p>
          <a className="inline-flex min-h-6 items-center" href={`/support/rules/${ruleId}`}>
            {t('rules.try.reload')}
          </a>
        </p>
      ) : null}
      <p>{t('rules.try.matched', { matched, lookedAt })}</p>
      {kind === 'dry_run' && status === 'done' && wide ? <Notice standing="you" title={t('rules.try.wide')} /> : null}
      {counts.length === 0 ? null : (
        <>
          <h4 className="font-semibold">{t('rules.try.counts')}</h4>
          <ul className="grid gap-1">
            {counts.map(({ code, count }) => (
              <li key={code}>{t('rules.try.count', { count, outcome: outcomeWords(visit, code) })}</li>
            ))}
          </ul>
        </>
      )}
      {sample.length === 0 ? null : (
        <>
          <h4 className="font-semibold">{t('rules.try.sample')}</h4>
          <ul className="grid gap-1">
            {sample.map(({ reference, requestId, code }) => (
              <li key={reference}>
                {requestId === null ? (
                  reference
                ) : (
                  <a className="inline-flex min-h-6 items-center" href={`/support/requests/${requestId}`}>
                    {reference}
                  </a>
                )}
                {`: ${outcomeWords(visit, code)}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
