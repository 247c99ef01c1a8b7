import type { Visit } from '@/app/_shell/visit'
import type { Hold } from '@/domain/identity/holds'

/** Why nothing is given out, and until when, as its subscriber reads it. */
export function holdWords({ t, dates }: Pick<Visit, 't' | 'dates'>, hold: Hold): string {
  if (hold.kind === 'changed') return t(`identity.page.holds.${hold.factor}`, { moment: dates.moment(hold.until) })
  return t(`identity.page.holds.${hold.kind}`, { moment: dates.moment(hold.since) })
}
