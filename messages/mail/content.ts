/** A mail before it is HTML or text: the same blocks make both. */
export interface MailContent {
  subject: string
  /** What a list of mails shows after the subject. */
  preview: string
  heading: string
  greeting: string
  blocks: Block[]
  footer: {
    lines: string[]
    help: { label: string; url: string }
    copyLink: string
    links?: { label: string; url: string }[]
  }
}

export type Block =
  | { kind: 'text'; text: string }
  /** Said more quietly than the rest. */
  | { kind: 'aside'; text: string; url?: string }
  | { kind: 'heading'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  /** What the person must not overlook: in a frame of its own. */
  | { kind: 'notice'; items: string[] }
  | { kind: 'table'; columns: string[]; rows: string[][] }
  | { kind: 'button'; label: string; url: string }
  /** Written by people, made safe beforehand; `text` says the same without tags. */
  | { kind: 'html'; html: string; text: string }
  /** What to do and what not, in a frame of its own, with the day it was said. */
  | { kind: 'advice'; heading: string; dated: string; groups: { heading: string; items: string[] }[] }
