import type { EvidenceSigner } from '@/domain/evidence/signer'
import type { OtpGateway } from '@/domain/identity/otp-gateway'
import type { StatusFiles } from '@/domain/incident/status-files'
import type { MailGateway } from '@/domain/notification/mail-gateway'
import type { PushGateway } from '@/domain/notification/push-gateway'
import type { SmsGateway } from '@/domain/notification/sms-gateway'
import type { WebhookGateway } from '@/domain/notification/webhook-gateway'
import type { IntakeOutside } from '@/domain/recovery/intake-outside'
import type { RestoreOutside } from '@/domain/restore/outside'
import type { BagEditor } from '@/domain/retention/bag-editor'
import type { SentCopies } from '@/domain/retention/erasure-outside'
import type { Secrets } from '@/domain/subscriber/secrets'

/** Structured log; fields hold ids, codes and counts, never names or content. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What handlers are given of the outside world; PostgreSQL is reached through domain/transaction.ts. */
export interface Services extends RestoreOutside, IntakeOutside {
  /** Takes erased people out of bags. */
  bags: BagEditor
  /** What lies in folders of what was sent. */
  copies: SentCopies
  secrets: Secrets
  signer: EvidenceSigner
  mail: MailGateway
  /** Null where no provider is named: nobody is told by text message then. */
  sms: SmsGateway | null
  /** Null: codes are ours, and go out by text message. */
  otp: OtpGateway | null
  push: PushGateway | null
  webhooks: WebhookGateway
  /** Messages a second that each provider takes. */
  rates: Record<'mail' | 'sms' | 'push' | 'webhook', number>
  /** Where the public page is published. */
  statusFiles: StatusFiles
  /** Everything is invented: what goes out says so. */
  demonstration: boolean
  /** `Name <address>` of what we send. */
  mailFrom: string
  /** Domain of the addresses that take answers to tickets; null: none is taken. */
  replyDomain: string | null
  /** Where people reach the portal, without a trailing slash. */
  publicUrl: string
  /** Days after its end at which whoever asked for a restore is asked whether it looks right. */
  askAfterDays: number
  /** IANA name of the zone in which mail tells times. */
  timeZone: string
  log: Log
  now(): Date
  /** Aborts when this worker stops, or when the job was given to another: let go between two records. */
  signal: AbortSignal
}

/** The services of a process, before a job's own signal is put in. */
export type ProcessServices = Omit<Services, 'signal'>

/**
 * undefined: done. again: run once more at that time, which is no failure (a slice done, a server that wants rest).
 * failed: counted as a failure; without a time to retry it stays with the administrator.
 */
export type HandlerResult = undefined | { again: Date } | { failed: { code: string; retryAt: Date | null } }

/** A handler may run several times for one task, also twice at once: its effects must be the same as of one run. */
export type Handle<Payload> = (payload: Payload, services: Services) => Promise<HandlerResult>
