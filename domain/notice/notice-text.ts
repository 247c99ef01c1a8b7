import type { Language } from '@/prisma/generated/enums'

/** What a notice's texts may name between double braces: {{subscriber.name}}. */
export const noticeVariables = [
  'subscriber.name',
  'carrier.name',
  'incident.title',
  'portal.url',
  'notice.number',
] as const
export type NoticeVariable = (typeof noticeVariables)[number]
export type NoticeValues = Record<NoticeVariable, string>

// Whatever stands between double braces on one line: a misspelt name must be found, not left standing.
const braces = /\{\{([^{}\r\n]*)\}\}/g

const isKnown = (name: string): name is NoticeVariable => (noticeVariables as readonly string[]).includes(name)

/** The names between double braces, each once, in the order in which they stand. */
export function findVariables(text: string): string[] {
  return [...new Set([...text.matchAll(braces)].map(([, name = '']) => name.trim()))]
}

/** The names that mean nothing here; braces that were opened or closed only once count too, with what follows them. */
export function unknownVariables(text: string): string[] {
  const unknown = findVariables(text).filter(name => !isKnown(name))
  const loose = text.replaceAll(braces, '').match(/\{\{.{0,20}|.{0,20}\}\}/g) ?? []
  return [...unknown, ...loose.map(one => one.trim())]
}

/** The text with its variables filled in, each but our own address through `safely` first. What is not known stays as it stands. */
export function fillVariables(text: string, values: NoticeValues, safely = (value: string) => value): string {
  return text.replaceAll(braces, (whole, name: string) => {
    const known = name.trim()
    if (!isKnown(known)) return whole
    // May stand as a link's target, where its marks are no Markdown.
    return known === 'portal.url' ? values[known] : safely(values[known])
  })
}

/** A value that Markdown takes for nothing but words (CommonMark 0.31 section 2.4), on one line. */
export function escapeMarkdown(value: string): string {
  return value.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, '\\$&')
}

/** How somebody is addressed whose name is not known, and everybody at once. */
const somebody: Record<Language, string> = { en: 'subscriber', fr: 'abonné' }

/** What the variables stand for in a text for one person, or for everybody where `name` is null. */
export function noticeValues(
  language: Language,
  about: {
    name: string | null
    carrierName: string
    incident: { titleEn: string; titleFr: string } | null
    portalUrl: string
    number: number
  },
): NoticeValues {
  const { incident } = about
  return {
    'subscriber.name': about.name ?? somebody[language],
    'carrier.name': about.carrierName,
    'incident.title': incident === null ? '' : language === 'fr' ? incident.titleFr : incident.titleEn,
    'portal.url': about.portalUrl,
    'notice.number': String(about.number),
  }
}
