import { reader } from '@/domain/transaction'
import { type GuardWorld, minutes, type Person } from '@/test/domain/identity/guard-world'

/** On which ways the victim is told of what: every address on file, but for what the telephone shows already. */
const ways: Record<string, readonly string[]> = {
  'account.added': ['mail', 'sms'],
  'account.password-renewed': ['mail', 'sms'],
  'request.filed': ['mail', 'sms'],
  'request.approved': ['mail', 'sms'],
  'factor.changed': ['mail', 'sms'],
  'content.asked': ['mail', 'sms'],
  'subscriber.unlocked': ['mail', 'sms'],
  'code.sent': ['mail'],
}

/** Holds that every step since the last look was told, by messages that were due within a minute of it. */
export class Told {
  private last = 0

  constructor(
    private readonly world: GuardWorld,
    private readonly victim: Person,
  ) {}

  async untold(): Promise<string[]> {
    const { subscriberId } = this.victim
    const began = Date.now()
    const due = await this.world.deliver(subscriberId)
    const [events, messages] = await Promise.all([
      reader('every-carrier').event.findMany({
        where: { data: { contains: subscriberId }, id: { gt: this.last } },
        orderBy: { id: 'asc' },
      }),
      reader('every-carrier').message.findMany({ where: { subscriberId, sentAt: { not: null } } }),
    ])
    this.last = Number(events.at(-1)?.id ?? this.last)
    const sent = new Set(messages.map(({ dedupKey, channel }) => `${dedupKey.replace(/:sms$/, '')} ${channel}`))
    const known = (data: string) => (JSON.parse(data) as { known?: boolean }).known === true
    const missing = events.flatMap(({ kind, subject, seq, data }) =>
      known(data)
        ? []
        : (ways[kind] ?? []).filter(way => !sent.has(`${subject}:${seq} ${way}`)).map(way => `${kind} by ${way}`),
    )
    const late = due
      .filter(({ runAt }) => runAt.getTime() > Math.max(began, Date.now()) + minutes)
      .map(({ job }) => `late: ${job}`)
    return [...missing, ...late]
  }
}
