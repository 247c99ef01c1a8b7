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
  /** The page that freezes everything of the person's. */
  freezeUrl: string
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

/** What happened to how a person's data is guarded. */
export const guardedBy = [
  'account-added',
  'password-renewed',
  'code-sent',
  'sim-changed',
  'address-changed',
  'passkey-changed',
  'passkey-first',
  'content-asked',
  'content-viewed',
  'opened-for',
  'goes-on',
  'undo-asked',
  'overwrite-asked',
  'overwrite-approved',
  'overwrite-ended',
  'crossing-asked',
  'crossing-consent',
  'crossing-consented',
  'crossing-waits',
  'crossing-ended',
  'crossing-approved',
  'crossing-started',
  'crossing-held',
  'crossing-finished',
  'crossing-undone',
  'locked',
  'unlocked',
  'frozen',
  'thawed',
  'erasure-asked',
  'erasure-approved',
  'erasure-refused',
  'erasure-withdrawn',
] as const
export type GuardedBy = (typeof guardedBy)[number]

/** What happened to how somebody who works here gets in, or to what they may do. */
export const staffGuardedBy = [
  'passkey-added',
  'passkey-renamed',
  'passkey-revoked',
  'recovery-asked',
  'recovery-approved',
  'recovery-refused',
  'role-changed',
  'sessions-ended',
  'left',
] as const

/** What becomes of the question whether a kind of data is given out. */
export const releaseTold = ['release-asked', 'release-approved', 'release-refused', 'release-expired'] as const

/** What a member of staff hears of a ticket. */
export const ticketNews = [
  'watched-replied',
  'watched-escalated',
  'watched-resolved',
  'watched-reopened',
  'escalated',
] as const

/** Each mail and what it says. Names, references and counts only: never what a record holds. */
export interface MailVariables {
  'sign-in': Everywhere & {
    /** To sign in, or to enrol a first passkey. */
    purpose: 'sign-in' | 'enrol'
    url: string
    /** How long the link works. */
    minutes: number
  }
  filed: AboutRequest & { filedAt: Date; asked: { category: MailCategory; count: number }[] }
  /** Somebody in support has filed it, after the carrier had checked who asked. */
  'filed-for': AboutRequest & { filedAt: Date; asked: { category: MailCategory; count: number }[] }
  /** `whole`: the reference of the request that these went out of. */
  split: AboutRequest & { whole: string; moved: { category: MailCategory; count: number }[] }
  /** `byRule`: a rule did, and no person. */
  approved: AboutRequest & { byRule?: boolean }
  started: AboutRequest
  /** Whether what was restored looks right. */
  'asked-after': AboutRequest
  /** What support wrote in a ticket, to the letter. */
  answer: Everywhere & {
    /** It asks for a reply. */
    asks: boolean
    reference: string
    /** Who writes, in words: never a person's name. */
    writer: string
    text: string
    /** It was the last: on the page they are asked how it was. */
    rates?: boolean
    /** The ticket's own page. */
    url: string
  }
  /** Support has said that nothing is left to do, and has written nothing with it. */
  resolved: Everywhere & {
    reference: string
    /** Why, as a sentence; null: nobody has said. */
    why: string | null
    /** A reply to the mail finds the ticket. */
    byMail: boolean
    /** On the page they are asked how it was. */
    rates: boolean
    /** The ticket's own page. */
    url: string
  }
  mentioned: Everywhere & { reference: string; url: string }
  declined: AboutRequest & { because: DeclinedBecause }
  'needs-you': AboutRequest & { need: Need }
  'staff-guard': Everywhere & { what: (typeof staffGuardedBy)[number]; at: Date; url: string }
  release: Everywhere & {
    what: (typeof releaseTold)[number]
    /** The question's page. */
    url: string
    /** Of the incident. */
    title: string
    /** In words. */
    category: string
    expiresAt: Date
  }
  /** What became of a ticket that they watch, or lead support for. */
  'ticket-news': Everywhere & { what: (typeof ticketNews)[number]; reference: string; url: string }
  /** Targets that were missed, of one carrier. */
  breached: Everywhere & { whose: string; count: number; since: Date; until: Date; url: string }
  /** `reference`: of the question that it is about; null: of none. */
  guard: Everywhere & { what: GuardedBy; reference?: string | null; at: Date; url: string; freezeUrl: string }
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
  /** What an auditor keeps, to hold the event chains against later. */
  'chain-root': Everywhere & {
    url: string
    publishedAt: Date
    /** Hex. */
    root: string
    chains: number
    events: number
    /** The signed file, to the letter. */
    file: string
  }
  undone: AboutRequest & { removed: number; putBack: number; spared: number; failed: number }
}

export type MailTemplate = keyof MailVariables
