import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import { newReference } from '@/domain/restore/new-reference'
import { reader, transaction } from '@/domain/transaction'
import { mailBounds } from '@/domain/triage/mail-bounds'
import { replyAddress } from '@/domain/triage/reply-address'
import { listenForMail, type MailIn } from '@/gateways/mail-in/listener'
import type { TicketStatus } from '@/prisma/generated/enums'
import { RestoreWorld } from '@/test/support/restore-world'
import { handle } from '@/workers/handlers/receive-mail'
import { mailDesk } from '@/workers/mail-in'

export const domain = 'replies.example'
const everyone = 'every-carrier'

export interface MailTicket {
  id: string
  carrierId: string
  subscriberId: string
  email: string
  /** Where answers to it go. */
  address: string
}

/** An installation with a listener for mail, and a relay that brings some. */
export class MailWorld {
  readonly troubles: string[] = []
  private constructor(
    readonly restores: RestoreWorld,
    private listener: MailIn,
  ) {}

  static async begin(env: Record<string, string> = {}): Promise<MailWorld> {
    const restores = await RestoreWorld.begin(env)
    const world = new MailWorld(restores, { port: 0, close: async () => {} })
    await world.listen()
    return world
  }

  private async listen(): Promise<void> {
    this.listener = await listenForMail({
      host: '127.0.0.1',
      port: 0,
      desk: mailDesk(this.services, domain),
      size: mailBounds.size,
      timeoutMs: 5_000,
      onTrouble: error => this.troubles.push(error.message),
    })
  }

  async end(): Promise<void> {
    await this.listener.close()
    await this.restores.end()
  }

  get services() {
    return this.restores.open.services
  }

  /** Whether anybody listens on a port. */
  async reaches(port: number): Promise<boolean> {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return true
    } catch {
      return false
    } finally {
      socket.destroy()
    }
  }

  /** Of a new subscriber, about something else than a restore. */
  async ticket(status: TicketStatus = 'pending'): Promise<MailTicket> {
    const name = `p-${randomUUID()}`
    const subscriberId = await this.restores.subscriber(name)
    const { carrierId, email } = await reader(everyone).subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
    const own = { carrierId, subscriberId, reference: newReference(), waitsSince: new Date(0) }
    const { id } = await transaction(everyone, tx =>
      tx.ticket.create({ data: { ...own, status, kind: 'other', subject: 'Where are my notes?' } }),
    )
    return { id, carrierId, subscriberId, email, address: replyAddress(this.services.secrets, domain, id) }
  }

  /** As a relay brings it; rejects with the server's answer. */
  async send(mail: SendMailOptions, port = this.listener.port): Promise<void> {
    const relay = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
    try {
      await relay.sendMail(mail)
    } finally {
      relay.close()
    }
  }

  sendRaw = (ticket: MailTicket, raw: string | Buffer, from: string = ticket.email, port?: number) =>
    this.send({ envelope: { from, to: ticket.address }, raw }, port)

  /** What a subscriber writes. */
  reply = (ticket: MailTicket, text: string, more: SendMailOptions = {}) =>
    this.send({ from: ticket.email, to: ticket.address, subject: 'Re: your notes', text, ...more })

  /** Reads what has come, as workers do. Answers how many failed. */
  async work(): Promise<number> {
    let failed = 0
    const tasks = await reader(everyone).task.findMany({ where: { job: 'receive-mail', status: 'waiting' } })
    for (const task of tasks) {
      const signal = new AbortController().signal
      try {
        await handle(task.payload as { mailId: string }, { ...this.services, signal })
        await transaction(everyone, tx => tx.task.updateMany({ where: { id: task.id }, data: { status: 'done' } }))
      } catch (error) {
        failed++
        this.troubles.push(String(error))
      }
    }
    return failed
  }

  entries = (ticket: MailTicket) =>
    reader(everyone).ticketEntry.findMany({ where: { ticketId: ticket.id }, orderBy: { id: 'asc' } })
  mails = (ticket: MailTicket) =>
    reader(everyone).mailIn.findMany({ where: { ticketId: ticket.id }, orderBy: { id: 'asc' } })
  row = (ticket: MailTicket) => reader(everyone).ticket.findUniqueOrThrow({ where: { id: ticket.id } })
  async reasons(ticket: MailTicket): Promise<(string | null)[]> {
    return (await this.mails(ticket)).map(mail => mail.reason)
  }
}
