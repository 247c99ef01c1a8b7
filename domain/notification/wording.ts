import type { Advice } from '@/domain/incident/advice'
import type { MailMessage } from '@/domain/notification/mail-gateway'
import type { Story } from '@/domain/notification/story'
import type { Language } from '@/prisma/generated/enums'

/** What many recipients share: for each of these a message is written once and then filled in. */
export interface About {
  story: Story
  language: Language
  /** The carrier's name where it goes to one of its subscribers; null for the public. */
  carrier: string | null
  /** What holds for them. */
  advice: Advice | null
  /** Whether their name is known. */
  named: boolean
}

/** What each recipient has of their own. */
export interface Person {
  name: string | null
  /** Ends it with one press, without a session. */
  unsubscribeUrl: string
  preferencesUrl: string
}

/** The sentences of a broadcast, which the domain does not know. */
export interface Wording {
  mail(about: About): Promise<(person: Person) => Pick<MailMessage, 'subject' | 'text' | 'html'>>
  sms(about: About): (person: Person) => string
  push(about: About): { title: string; body: string; url: string; tag: string }
}
