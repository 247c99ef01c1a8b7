import { notFound } from 'next/navigation'
import { isLanguage, type Language } from '@/messages/language'

export const askable = ['mail', 'sms', 'push', 'webhook'] as const
export type Askable = (typeof askable)[number]

/** Octets of a form of these pages that are read: whatever somebody pastes into a field is told at the field. */
export const readUpTo = 4 * 1024 * 1024

/** The language that the address names; any other is no page of ours. */
export function languageOf(params: Record<string, string>): Language {
  if (!isLanguage(params.language)) notFound()
  return params.language
}

/** A list of what was checked: none, one or several. */
export const listed = (value: unknown): string[] => [value ?? []].flat().filter(one => typeof one === 'string')
