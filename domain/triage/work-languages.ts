import type { Language } from '@/prisma/generated/enums'

export type WorkLanguage = Language
export const workLanguages = ['en', 'fr'] as const satisfies readonly Language[]

/** So long a ticket is kept for those who work in its language; then it is everybody's. */
export const languageLeadMs = 10 * 60_000

/** In which languages somebody works on tickets: those that were chosen, else their own. */
export function worksIn(staff: { language: Language; languages: readonly Language[] }): readonly Language[] {
  return staff.languages.length === 0 ? [staff.language] : staff.languages
}
