import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Prose } from '@/app/_ui/prose'
import { Notice } from '@/app/_ui/standing'
import type { FoundIncident } from '@/domain/incident/find-incident'

/** Where something was said since the form was shown: whoever sends it again has read this. */
export function SaidMeanwhile({ visit, incident, form }: { visit: Visit; incident: FoundIncident; form: FormState }) {
  const { t, dates, language } = visit
  const shown = form.value('version')
  if (!form.returned || shown === undefined || shown === String(incident.version)) return null
  const seen = Number(form.value('seen') ?? 0)
  const since = incident.statements.filter(({ number }) => number > seen)
  return (
    <Notice standing="you" title={t('incidents.meanwhile.title')}>
      <p>{t(since.length === 0 ? 'incidents.meanwhile.other' : 'incidents.meanwhile.text')}</p>
      {since.map(one => (
        <div key={one.number} className="grid gap-1">
          <p className="font-semibold">
            {t('statusPage.timeline.number', { number: String(one.number) })} ·{' '}
            {one.author ?? t('incidents.page.portal')} · {dates.moment(one.createdAt)}
          </p>
          <Prose html={one.html[language]} lang={language} />
        </div>
      ))}
    </Notice>
  )
}

/** What the forms of an incident carry: the version that was shown, and the last statement that was. */
export const seenOf = ({ version, statements }: FoundIncident) => ({
  version: String(version),
  seen: String(Math.max(0, ...statements.map(({ number }) => number))),
})
