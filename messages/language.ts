export const languages = ['en', 'fr'] as const
export type Language = (typeof languages)[number]

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language)

/** What each language calls itself, for the switch. */
export const languageNames: Record<Language, string> = { en: 'English', fr: 'Français' }

export const otherLanguage = (language: Language): Language => (language === 'en' ? 'fr' : 'en')

/** The best of ours for an Accept-Language header (RFC 9110 section 12.5.4); English where it names neither. */
export function languageFor(acceptLanguage: string | null): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map(entry => {
      const [range = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const q = parameters.map(one => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(value => value !== undefined)
      return { language: range.split('-')[0], weight: q === undefined ? 1 : Number(q) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  const best = wanted.map(({ language }) => language).find(isLanguage)
  return best ?? 'en'
}
