import type { Visit } from '@/app/_shell/visit'
import type { Standing } from '@/app/_ui/icon'
import type { Condition } from '@/domain/triage/rules/conditions'
import type { RuleView, VersionView } from '@/domain/triage/rules/find-rules'
import { sentenceFor } from '@/messages/translate'

export const ruleStandings: Record<VersionView['status'], Standing> = {
  draft: 'you',
  active: 'ok',
  superseded: 'gone',
  off: 'gone',
}

/** What a rule does, in words. */
export function doesWords({ t, language }: Visit, { action, incidentTitle }: VersionView): string {
  switch (action.act) {
    case 'approve':
    case 'escalate':
    case 'leave':
      return t(`rules.does.${action.act}`)
    case 'hold':
      return t('rules.does.hold', { hours: action.hours, reason: t(`rules.reasons.${action.reason}`) })
    case 'tag':
      return t('rules.does.tag', { tag: action.tag })
    case 'link': {
      const title = incidentTitle?.[language] ?? ''
      if (action.waveCategory === null) return t('rules.does.link', { title })
      return t('rules.does.linkWave', { title, category: t(`shell.categories.${action.waveCategory}`) })
    }
    case 'priority':
      return t('rules.does.priority', { priority: t(`rules.priority.${action.priority}`) })
  }
}

/** A condition in words. `carriers`: their names by id. */
export function conditionWords({ t }: Visit, asked: Condition, carriers: ReadonlyMap<string, string>): string {
  const fact = t(`rules.facts.${asked.fact}`)
  switch (asked.op) {
    case 'is':
      return t(asked.value ? 'rules.said.yes' : 'rules.said.no', { fact })
    case 'at-least':
      return t('rules.said.atLeast', { fact, count: asked.value })
    case 'at-most':
      return t('rules.said.atMost', { fact, count: asked.value })
    case 'only':
      return t('rules.said.only', { fact, words: asked.value.map(one => t(`shell.categories.${one}`)).join(', ') })
    case 'any-of': {
      if (asked.fact === 'categories')
        return t('rules.said.anyOf', { fact, words: asked.value.map(one => t(`shell.categories.${one}`)).join(', ') })
      const words =
        asked.fact === 'carrier'
          ? asked.value.map(id => carriers.get(id) ?? id)
          : asked.value.map(one => t(`rules.words.${one}`))
      return t('rules.said.anyOf', { fact, words: words.join(', ') })
    }
  }
}

/** What came of a ticket, in words: every code that a refusal has is "it changed" where there is none for it. */
export const outcomeWords = ({ t, language }: Visit, code: string): string =>
  sentenceFor(language, 'rules.outcomes', code) ?? t('rules.outcomes.moved')

export const forWhom = ({ t }: Visit, { carrierName }: RuleView): string => carrierName ?? t('rules.everyCarrier')
