import type { Visit } from '@/app/_shell/visit'
import type { Onlooker } from '@/domain/triage/note-presence'

/** "Ina is looking at this now": one line for each colleague. */
export const onlookersInWords = ({ t, dates }: Visit, onlookers: Onlooker[]): string[] =>
  onlookers.map(({ name, openedAt, now }) =>
    now
      ? t('atHand.presence.now', { name })
      : t('atHand.presence.opened', {
          name,
          relative: dates.relative(openedAt),
          moment: dates.shortMoment(openedAt),
        }),
  )
