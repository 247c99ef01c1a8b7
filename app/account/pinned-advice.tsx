import { cache } from 'react'
import { currentVisit, type Visit, visitOrAnybody } from '@/app/_shell/visit'
import { StandingIcon } from '@/app/_ui/icon'
import { spoken } from '@/app/account/spoken'
import { noteAdviceShown } from '@/domain/incident/find-advice'
import { findOwnAdvice, type OwnAdvice } from '@/domain/incident/find-own-advice'

const ownAdvice = cache(async (): Promise<OwnAdvice[]> => {
  const { actor } = await currentVisit()
  if (actor.role !== 'subscriber') return []
  const found = await findOwnAdvice(actor)
  for (const { id: adviceId, shown } of found) if (!shown) await noteAdviceShown(actor, { adviceId, place: 'page' })
  return found
})

/**
 * What holds for the subscriber while an incident is open, on every page of theirs. It is on record that they were shown
 * this version before the page leaves. The incident's own page says it at length instead.
 */
export async function PinnedAdvice() {
  const { visit, isKnown } = await visitOrAnybody()
  if (!isKnown) return null
  const path = visit.path.split('?', 1)[0]
  const pinned = (await ownAdvice()).filter(({ incident }) => path !== `/account/incidents/${incident.id}`)
  if (pinned.length === 0) return null
  return (
    <aside aria-label={visit.t('ownIncident.advice.pinned')} className="border-line border-b bg-you-tint">
      <div className="mx-auto grid max-w-page gap-2 px-4 py-2 text-note">
        {pinned.map(advice => (
          <Pinned key={advice.id} visit={visit} advice={advice} />
        ))}
      </div>
    </aside>
  )
}

function Pinned({ visit, advice }: { visit: Visit; advice: OwnAdvice }) {
  const { t, dates, language } = visit
  const { incident, version, publishedAt } = advice
  const parts = [
    { key: 'doNot', lines: advice.doNots[language] },
    { key: 'does', lines: advice.does[language] },
  ] as const
  return (
    <div className="flex gap-3">
      <StandingIcon standing="you" className="mt-0.5 size-5 text-you" />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        {parts.map(({ key, lines }) =>
          lines.length === 0 ? null : (
            <p key={key} className="max-w-none">
              <strong className="text-you">{t(`ownIncident.advice.${key}`)}</strong>{' '}
              {lines.map(line => spoken(visit, { en: line, fr: line })).join(' · ')}
            </p>
          ),
        )}
        <p className="max-w-none text-quiet">
          {t('ownIncident.advice.short', { version: String(version), day: dates.day(publishedAt) })}{' '}
          <a href={`/account/incidents/${incident.id}`}>{spoken(visit, incident.title)}</a>
        </p>
      </div>
    </div>
  )
}
