import type { Dates } from '@/messages/dates'
import type { Block } from '@/messages/mail/content'
import type { Say } from '@/messages/mail/say'
import type { MailAdvice } from '@/messages/mail/variables'

/** What to do and what not to do, above everything else that a mail says. */
export function adviceBlocks(say: Say, advice: MailAdvice | null, when: Dates): Block[] {
  if (advice === null) return []
  const { does, doNots, version, publishedAt } = advice
  const groups = [
    { heading: say('advice.do'), items: does },
    { heading: say('advice.doNot'), items: doNots },
  ].filter(({ items }) => items.length > 0)
  const dated = say('advice.dated', { version, moment: when.moment(publishedAt) })
  return [{ kind: 'advice', heading: say('advice.heading'), dated, groups }]
}
