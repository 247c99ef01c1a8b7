import { escapeHtml } from '@/messages/mail/escape-html'
import type { RenderedMail } from '@/messages/mail/render-mail'

/**
 * What stands in a mail that is written once for many, until each one's own is filled in. The name is a character that no
 * text of people holds (Unicode, private use); the addresses lie in a domain that never exists (RFC 2606).
 */
export const placeholders = {
  name: '\ue000',
  unsubscribeUrl: 'https://unsubscribe.invalid/',
  preferencesUrl: 'https://preferences.invalid/',
} as const

export interface MailPerson {
  name: string | null
  unsubscribeUrl: string
  preferencesUrl: string
}

type Own = keyof typeof placeholders
const own = Object.entries(placeholders) as [Own, string][]
const anyOf = new RegExp(`(${own.map(([, text]) => text.replaceAll('.', '\\.')).join('|')})`)
const byText = new Map(own.map(([name, text]) => [text, name]))

/** What is everybody's, the same object each time, and between it each one's own. */
type Pieces = readonly (string | { readonly shared: string })[]

export interface FilledMail {
  subject: string
  text: Pieces
  html: Pieces
}

/** A mail rendered with {@link placeholders}, cut up once; to fill it in for one more person costs next to nothing. */
export function mailForm({ subject, text, html }: RenderedMail): (person: MailPerson) => FilledMail {
  const [subjectOf, textOf, htmlOf] = [filler(subject), filler(text), filler(html)]
  return person => {
    const name = person.name?.replaceAll(/\s+/g, ' ').trim() ?? ''
    const plain = { ...person, name }
    const escaped = {
      name: escapeHtml(name),
      unsubscribeUrl: escapeHtml(person.unsubscribeUrl),
      preferencesUrl: escapeHtml(person.preferencesUrl),
    }
    return { subject: joined(subjectOf(plain)), text: textOf(plain), html: htmlOf(escaped) }
  }
}

function filler(template: string): (values: Record<Own, string>) => Pieces {
  const parts = template.split(anyOf).map(part => byText.get(part) ?? { shared: part })
  return values => parts.map(part => (typeof part === 'string' ? values[part] : part))
}

/** A mail's part as it goes to one person. */
export const joined = (pieces: Pieces): string =>
  pieces.map(piece => (typeof piece === 'string' ? piece : piece.shared)).join('')
