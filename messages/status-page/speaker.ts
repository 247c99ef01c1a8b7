import { type Dates, dates } from '@/messages/dates'
import type { Language } from '@/messages/language'
import { type Translate, translator } from '@/messages/translate'
import { typesetFrench } from '@/messages/typeset-french'

/** How a public page speaks: one language, the installation's time zone, and how Markdown becomes HTML that is safe. */
export interface Speaker {
  language: Language
  t: Translate
  dates: Dates
  /** The year of a moment, as its date is told. */
  year: (moment: Date) => number
  /** With the spaces that French asks for around its marks, whoever typed it; `said` where it is not in this language. */
  html: (markdown: string, said?: Language) => string
  /** Absolute, without a trailing slash. */
  publicUrl: string
  demonstration: boolean
  /** When the pages were read from the database. */
  readAt: Date
}

export interface SpeakerSettings {
  timeZone: string
  html: (markdown: string) => string
  publicUrl: string
  demonstration: boolean
  readAt: Date
}

export const speaker = (language: Language, { timeZone, ...settings }: SpeakerSettings): Speaker => ({
  language,
  t: translator(language),
  dates: dates(language, timeZone),
  year: yearIn(timeZone),
  ...settings,
  html: (markdown, said = language) =>
    said === 'fr' ? typesetFrench(settings.html(markdown)) : settings.html(markdown),
})

function yearIn(timeZone: string): Speaker['year'] {
  const format = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', year: 'numeric' })
  return moment => Number(format.format(moment))
}
