/** What every mail is told. Addresses are absolute (https, or http on one's own machine). */
interface Everywhere {
  /** The person's name as we know it; null where we do not. */
  name: string | null
  /** The carrier for which we write. */
  carrier: string
  /** Where a person finds help, or says that they asked for none of this. */
  helpUrl: string
  /** IANA name of the zone in which times are told. */
  timeZone: string
}

interface AboutRequest extends Everywhere {
  reference: string
  /** The request's own page. */
  url: string
  /** What holds for the person because of each open incident. */
  advice?: MailAdvice[]
}

type MailCategory = 'contacts' | 'calendar' | 'tasks' | 'notes' | 'photos'

/** Records of one category in a finished restore, as the report counts them. */
export interface FinishedCategory {
  category: MailCategory
  /** Known from before the incident; null where nobody knows. */
  expected: number | null
  /** All records in the recovered data, damaged ones too. */
  found: number
  /** Readable, with fields missing. */
  partial: number
  damaged: number
  /** Damaged ones too. */
  skipped: number
  failed: number
}

/** What the person must do before a restore can go on, by the reason for which it waits. */
export const needs = ['password-refused', 'account-full', 'account-not-found', 'vanishing', 'other'] as const
export type Need = (typeof needs)[number]

/** One of ours to many people: who they are and their own links are filled in afterwards (mail-form.ts). */
interface Announced extends Everywhere {
  /** Why they hear of it: data of theirs is concerned, or they asked to. */
  because: 'affected' | 'subscribed'
  /** The page that says it. */
  url: string
  unsubscribeUrl: string
  preferencesUrl: string
  advice: MailAdvice | null
}

/** What to do and what not, as it was on a day; stands above everything else. */
export interface MailAdvice {
  version: number
  publishedAt: Date
  does: string[]
  doNots: string[]
}

/** The same words twice: HTML that is safe to show, and plain text. */
export interface MailBody {
  html: string
  text: string
}

export const mailStates = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'postmortem',
  'scheduled',
  'in_progress',
  'verifying',
  'completed',
] as const
export type MailState = (typeof mailStates)[number]

export type DeclinedBecause = 'not-verified' | 'wrong-account' | 'asked-twice' | 'data-in-doubt' | 'other'

/** Each mail and what it says. Names, references and counts only: never what a record holds. */
export interface MailVariables {
  'sign-in': Everywhere & {
    /** To sign in, or to confirm who one is before data is given out. */
    purpose: 'sign-in' | 'confirm'
    url: string
    /** How long the link works. */
    minutes: number
  }
  filed: AboutRequest & { filedAt: Date; asked: { category: MailCategory; count: number }[] }
  approved: AboutRequest
  declined: AboutRequest & { because: DeclinedBecause }
  'needs-you': AboutRequest & { need: Need }
  finished: AboutRequest & { categories: FinishedCategory[]; undoUntil: Date | null }
  update: Announced & {
    title: string
    state: MailState
    body: MailBody
    saidAt: Date
    nextUpdateBy: Date | null
    /** Why it puts an earlier statement right; null where it does not. */
    correction: string | null
  }
  notice: Announced & {
    title: string
    body: MailBody
    /** Why it stands in an earlier one's place; null where it does not. */
    correction: string | null
  }
  'notice-withdrawn': Announced & { title: string; reason: string; sentAt: Date }
  postmortem: Announced & { title: string; body: MailBody }
  'confirm-subscription': Everywhere & {
    url: string
    /** How long the link works. */
    hours: number
    /** They hear of everything already: the link leads to what they chose. */
    already: boolean
  }
  'promise-overdue': Everywhere & {
    url: string
    title: string
    /** In words: the next statement, or what was promised. */
    promised: string
    dueAt: Date
  }
  undone: AboutRequest & { removed: number; putBack: number; spared: number; failed: number }
}

export type MailTemplate = keyof MailVariables
