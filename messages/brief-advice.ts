import type { Language } from '@/messages/language'
import { translator } from '@/messages/translate'

const between = { en: '; ', fr: '\u202f; ' }

/** What to do and what not to do in a message that is short; '' for no advice. */
export function briefAdvice(language: Language, { doNots, does }: { doNots: string[]; does: string[] }): string {
  const t = translator(language)
  const list = (lines: string[]) => lines.map(line => line.replace(/\.$/, '')).join(between[language])
  const sentences = [
    doNots.length > 0 ? t('subscribe.sms.doNot', { list: list(doNots) }) : '',
    does.length > 0 ? t('subscribe.sms.do', { list: list(does) }) : '',
  ]
  return sentences.filter(sentence => sentence !== '').join(' ')
}
