import type { Visit } from '@/app/_shell/visit'
import { type Span, spans } from '@/domain/triage/figures/count-figures'
import type { BacklogForecast } from '@/domain/triage/figures/forecast-backlog'

/** "40 min", "5 h", "3 days": rounded, as what is an average is. */
export function afterInWords({ t, dates }: Visit, seconds: number): string {
  const minutes = seconds / 60
  if (minutes < 90) return t('figures.after.minutes', { count: dates.number(Math.round(minutes)) })
  if (minutes < 48 * 60) return t('figures.after.hours', { count: dates.number(Math.round(minutes / 60)) })
  return t('figures.after.days', { count: Math.round(minutes / 1440) })
}

export const spanInWords = ({ t }: Visit, code: string): string => {
  const span: Span = spans.find(one => one === code) ?? 'more'
  return t(`figures.span.${span}`)
}

/** What can be said of the backlog's end, and how it is known. */
export function forecastInWords({ t, dates }: Visit, forecast: BacklogForecast): { text: string; how: string | null } {
  if (forecast.kind === 'empty') return { text: t('figures.forecast.empty'), how: null }
  const days = forecast.daysKnown
  if (forecast.kind === 'too-early')
    return { text: t('figures.forecast.early', { days: dates.number(days) }), how: null }
  const how = t('figures.forecast.how', { days })
  if (forecast.kind === 'not-at-this-pace') return { text: t('figures.forecast.never'), how }
  const earliest = dates.day(forecast.earliest)
  if (forecast.latest === null) return { text: t('figures.forecast.open', { earliest }), how }
  const latest = dates.day(forecast.latest)
  const text =
    earliest === latest ? t('figures.forecast.day', { day: latest }) : t('figures.forecast.range', { earliest, latest })
  return { text, how }
}
