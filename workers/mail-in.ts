import { system } from '@/domain/actor'
import type { MailDesk } from '@/domain/triage/mail-desk'
import { findMailRecipient, takeInMail } from '@/domain/triage/take-in-mail'
import type { Log, ProcessServices } from '@/workers/handler'
import { startLoop } from '@/workers/loop'

interface Listening {
  port: number
  close(): Promise<void>
}

/** What a listener hands mail over to: tickets, by the address that their mail names for answers. */
export function mailDesk({ secrets, sealed, now }: ProcessServices, domain: string): MailDesk {
  const actor = system('mail-in')
  return {
    recipientOf: address => findMailRecipient(actor, secrets, { domain, address }, now()),
    take: (recipient, mail) => takeInMail(actor, sealed, { ...recipient, ...mail }, now()),
  }
}

/**
 * Keeps a listener open. Where another worker of this machine has the port this one waits for it, and takes over when that
 * one ends.
 */
export function keepListening(listen: () => Promise<Listening>, log: Log, everyMs = 5_000): { stop(): Promise<void> } {
  let open: Listening | null = null
  let waits = false
  const loop = startLoop(
    'listener for mail',
    everyMs,
    async () => {
      if (open) return
      try {
        open = await listen()
        log.info({ port: open.port }, 'Mail is listened for')
      } catch (error) {
        if (!isTaken(error)) throw error
        if (!waits) log.info({}, 'Another process listens for mail')
        waits = true
      }
    },
    log,
  )
  return {
    async stop() {
      await loop.stop()
      await open?.close()
    },
  }
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
