import { setTimeout as delay } from 'node:timers/promises'
import { createPostgresRelayBackend, Relay, type RelaySubscription } from 'bullmq'
import type { Live } from '@/domain/restore/live'
import { calmTrouble } from '@/gateways/calm-trouble'
import { postgresConnection, type QueueSettings } from '@/gateways/queue'
import { withinTime } from '@/gateways/within-time'

export interface OpenLive extends Live {
  /** Sends what is still to be sent and ends the connections. */
  close(): Promise<void>
}

interface Watched {
  listeners: Set<() => void>
  carried: Promise<RelaySubscription | null> | null
}

/** Messages about one request are at least this far apart: a run settles hundreds of records a second. */
const calmMs = 250
/** A message may be lost, and its carrier down: whoever watches looks again this often anyway. */
const lookAgainMs = 3_000
const answerWithinMs = 5_000

/** Live progress over BullMQ's Relay, on the server that carries the queue. Connects on first use. */
export function openLive(settings: QueueSettings, { lookAgainEvery = lookAgainMs } = {}): OpenLive {
  return new RelayLive(settings, lookAgainEvery)
}

class RelayLive implements OpenLive {
  private relay: Relay | null = null
  private relayMayOpenAt = 0
  private readonly sending = new Map<string, { again: boolean; done: Promise<void> }>()
  private readonly watched = new Map<string, Watched>()
  private lookAgain: NodeJS.Timeout | null = null
  private readonly closing = new AbortController()
  private readonly trouble: (error: unknown) => void

  constructor(
    private readonly settings: QueueSettings,
    private readonly lookAgainEvery: number,
  ) {
    this.trouble = calmTrouble(settings.onTrouble)
  }

  changed(requestId: string): void {
    if (this.closing.signal.aborted) return
    const sending = this.sending.get(requestId)
    if (sending) {
      sending.again = true
      return
    }
    const fresh = { again: false, done: Promise.resolve() }
    this.sending.set(requestId, fresh)
    fresh.done = this.send(requestId, fresh)
  }

  async subscribe(requestId: string, onChange: () => void): Promise<() => Promise<void>> {
    const watched = this.watched.get(requestId) ?? { listeners: new Set(), carried: null }
    this.watched.set(requestId, watched)
    // Its own function: one caller may subscribe the same one twice.
    const listener = () => onChange()
    watched.listeners.add(listener)
    this.lookAgain ??= setInterval(() => this.lookAtAll(), this.lookAgainEvery).unref()
    await Promise.race([this.carry(requestId, watched), delay(1_000, undefined, { ref: false })])
    return async () => {
      watched.listeners.delete(listener)
      if (watched.listeners.size > 0 || this.watched.get(requestId) !== watched) return
      this.watched.delete(requestId)
      await this.ends(watched)
    }
  }

  async close(): Promise<void> {
    this.closing.abort()
    if (this.lookAgain) clearInterval(this.lookAgain)
    await Promise.all([...this.sending.values()].map(sending => sending.done))
    this.watched.clear()
    if (this.relay) await withinTime(answerWithinMs, this.relay.close(), 'The relay').catch(this.trouble)
  }

  private async send(requestId: string, sending: { again: boolean }): Promise<void> {
    do {
      sending.again = false
      try {
        const relay = this.open()
        if (relay) await withinTime(answerWithinMs, relay.publish(topic(requestId), null), 'The relay')
      } catch (error) {
        this.trouble(error)
      }
      await this.calm()
    } while (sending.again)
    this.sending.delete(requestId)
  }

  private async calm(): Promise<void> {
    const { signal } = this.closing
    try {
      await delay(calmMs, undefined, { ref: false, signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  private lookAtAll(): void {
    for (const [requestId, watched] of this.watched) {
      void this.carry(requestId, watched)
      this.tell(watched)
    }
  }

  private tell(watched: Watched): void {
    for (const listener of watched.listeners) {
      try {
        listener()
      } catch (error) {
        this.trouble(error)
      }
    }
  }

  /** Never rejects: what could not be subscribed is tried again at the next look. */
  private carry(requestId: string, watched: Watched): Promise<RelaySubscription | null> {
    watched.carried ??=
      this.open()
        ?.subscribe(topic(requestId), () => this.tell(watched))
        .catch(error => {
          watched.carried = null
          this.trouble(error)
          return null
        }) ?? null
    return watched.carried ?? Promise.resolve(null)
  }

  /** Where the server is away the subscription is ended when it is back; nobody waits for that. */
  private async ends(watched: Watched): Promise<void> {
    const unsubscribed = Promise.resolve(watched.carried)
      .then(subscription => (this.closing.signal.aborted ? undefined : subscription?.unsubscribe()))
      .catch(this.trouble)
    await Promise.race([unsubscribed, delay(1_000, undefined, { ref: false })])
  }

  /** A Relay that could not start never will: it is left, and another is tried a little later. */
  private open(): Relay | null {
    if (this.relay || Date.now() < this.relayMayOpenAt) return this.relay
    const relay = newRelay(this.settings)
    this.relay = relay
    relay.on('error', error => this.trouble(error))
    relay.waitUntilReady().catch(async () => {
      if (this.relay === relay) this.relay = null
      this.relayMayOpenAt = Date.now() + 2_000
      await relay.close().catch(error => this.trouble(error))
    })
    return relay
  }
}

function newRelay(settings: QueueSettings): Relay<never> | Relay {
  const options = { namespace: 'homeward', blockTimeout: 5_000 }
  if (settings.engine === 'postgres') {
    const connection = postgresConnection(settings, 2)
    return new Relay({ ...options, connection, backend: createPostgresRelayBackend })
  }
  return new Relay({ ...options, connection: { url: settings.url, maxRetriesPerRequest: null } })
}

const topic = (requestId: string) => `requests.${requestId}`
