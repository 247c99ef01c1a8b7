import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { addPasskey } from '@/domain/identity/add-passkey'
import { askContent } from '@/domain/identity/ask-content'
import { beginPasskey } from '@/domain/identity/begin-passkey'
import { beginPasskeyProof } from '@/domain/identity/begin-passkey-proof'
import { beginPasskeySignIn } from '@/domain/identity/begin-passkey-sign-in'
import { unlockRestores } from '@/domain/identity/lock-restores'
import { proveByPasskey } from '@/domain/identity/prove-by-passkey'
import { sendSignInCode } from '@/domain/identity/send-sign-in-code'
import { signInByCode } from '@/domain/identity/sign-in-by-code'
import { signInByPasskey } from '@/domain/identity/sign-in-by-passkey'
import { archiveFiles } from '@/domain/record/archive'
import { listRecords } from '@/domain/record/list-records'
import { openOriginal } from '@/domain/record/open-original'
import { openPhoto, readRecord } from '@/domain/record/read-record'
import { addAccount } from '@/domain/restore/add-account'
import { inspectAccount } from '@/domain/restore/inspect-account'
import { readOutcomes } from '@/domain/restore/read-report'
import { renewPassword } from '@/domain/restore/renew-password'
import { resumeRequest } from '@/domain/restore/resume-request'
import { undoRequest } from '@/domain/restore/undo-request'
import { reader } from '@/domain/transaction'
import { openVdirAccount } from '@/gateways/device-account/vdir'
import { readSession } from '@/gateways/sign-in-store'
import type { Chance } from '@/test/campaign/chance'
import { days, type GuardWorld, hours, later, minutes, type Person } from '@/test/domain/identity/guard-world'
import { Told } from '@/test/domain/identity/told'
import { Device, passkeysAt } from '@/test/support/software-device'

/** How the thief came by the text messages. */
export type Theft = 'sim-swapped' | 'messages-read'

export interface Booty {
  attempts: number
  /** Attempts whose answer held content of the victim's. */
  seen: string[]
  /** Runs that may put data anywhere but where the victim's data went before the incident. */
  runs: number
  /** Steps of which an address on file was not told within a minute. */
  untold: string[]
  /** What was tried at least once and not refused: without it the trial would show nothing. */
  done: string[]
  /** Whether content is shown once the wait is over, by the same ways. */
  seenLater: boolean
}

/** What the victim's records say, in whatever form. */
const content = /\bAda\b|206.?555.?0199|BEGIN:VCARD/
/** Within the three days of the first wait; nothing that begins later ends sooner. */
const span = 71 * hours

/**
 * Somebody who reads the victim's mailbox and text messages tries everything, in any order, while the time goes by: signs in, proves
 * who they are, adds a passkey and an account, asks for content in every way. Two of support approve whatever is asked.
 */
export async function attack(
  world: GuardWorld,
  { theft, attempts, addsPasskeys }: { theft: Theft; attempts: number; addsPasskeys: boolean },
  chance: Chance,
): Promise<Booty> {
  const thief = await Thief.begin(world, theft)
  // One who adds a passkey has stopped themselves for ten days: others leave it.
  const names = thief.names.filter(name => addsPasskeys || name !== 'add a passkey')
  const booty: Booty = { attempts, seen: [], runs: 0, untold: [], done: [], seenLater: false }
  const told = new Told(world, thief.victim)
  const start = new Date()
  const done = new Set<string>()
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    for (let n = 0; n < attempts; n++) {
      const now = later(start, Math.floor((n / attempts) * span))
      // A visit of a minute: a proof first as a rule, then anything.
      const visit = Array.from({ length: chance.between(2, 7) }, () => chance.pick(names))
      if (chance.between(1, 4) > 1) visit.unshift(chance.pick(thief.openings))
      for (const [i, name] of visit.entries()) {
        vi.setSystemTime(later(now, i * 10_000))
        const got = await thief.attempt(name)
        if (got !== null) done.add(name)
        if (content.test(got ?? '')) booty.seen.push(`${n} ${name}: ${got}`)
      }
      booty.untold.push(...(await told.untold()))
    }
    // Whatever of theirs held everything for ten days is over; then the wait is, too.
    for (const after of [20 * days, 24 * days]) {
      vi.setSystemTime(later(start, span + after))
      booty.seenLater = await thief.sees()
    }
  } finally {
    vi.useRealTimers()
  }
  booty.runs = await thief.runsElsewhere()
  booty.done = [...done].sort()
  return booty
}

class Thief {
  private readonly device = new Device()
  private readonly ceremony = passkeysAt()
  private sessionId: string
  private accounts: string[] = []
  private requests: string[] = []

  private constructor(
    private readonly world: GuardWorld,
    readonly victim: Person,
    private readonly known: { accountId: string; requestId: string; holdingId: string },
    private readonly ownFolder: string,
    private readonly helpers: Actor[],
  ) {
    this.sessionId = victim.sessionId
  }

  /** The victim's data was restored to their own device: it lies there, in a plan, and in backup storage. */
  static async begin(world: GuardWorld, theft: Theft): Promise<Thief> {
    world.sim = { kind: 'unchanged' }
    const victim = await world.person()
    await world.recovered(victim)
    const { id: accountId } = await world.restores.vdir(victim.subscriberId)
    const requestId = await world.filed(victim, accountId)
    await world.approve(requestId)
    await world.restores.run(requestId)
    const { id: holdingId } = await reader('every-carrier').holding.findFirstOrThrow({
      where: { subscriberId: victim.subscriberId },
    })
    const { folder } = await world.restores.vdir(victim.subscriberId)
    if (theft === 'sim-swapped') world.sim = { kind: 'changed', at: later(new Date(), -minutes) }
    const helpers = [await world.staff(), await world.staff()]
    return new Thief(world, victim, { accountId, requestId, holdingId }, folder, helpers)
  }

  get names(): string[] {
    return Object.keys(this.ways)
  }

  readonly openings = ['code', 'sign in by code', 'prove by passkey', 'sign in by passkey']

  /** What it gave, as a text; null where it was refused. */
  async attempt(name: string): Promise<string | null> {
    try {
      return JSON.stringify((await this.ways[name]?.(await this.actor())) ?? '')
    } catch (error) {
      if (error instanceof Refusal) return null
      throw error
    }
  }

  async sees(): Promise<boolean> {
    for (const name of ['code', 'ask for content', 'list'])
      if (content.test((await this.attempt(name)) ?? '')) return true
    return false
  }

  async runsElsewhere(): Promise<number> {
    const { subscriberId } = this.victim
    const elsewhere = { subscriberId, id: { not: this.known.accountId } }
    const accounts = await reader('every-carrier').deviceAccount.findMany({ where: elsewhere })
    return reader('every-carrier').run.count({ where: { accountId: { in: accounts.map(({ id }) => id) } } })
  }

  /** As the portal reads it from the session at every request. */
  private async actor(): Promise<Person['actor']> {
    const row = await reader('every-carrier').signInSession.findUnique({ where: { id: this.sessionId } })
    return { ...this.victim.actor, provedAt: row?.provedAt ?? null, keySince: row?.provedKeySince ?? null }
  }

  private get place() {
    return { holdingId: this.known.holdingId, ordinal: 0 }
  }

  private readonly ways: Record<string, (actor: Person['actor']) => Promise<unknown>> = {
    'sign in by mail': async () => {
      this.sessionId = await this.world.session(this.victim)
    },
    code: async () => {
      const here = { ...this.victim, sessionId: this.sessionId }
      await this.world.send(here)
      await this.world.take(here, await this.world.code(here))
    },
    'wrong code': async () => {
      const here = { ...this.victim, sessionId: this.sessionId }
      await this.world.take(here, await this.world.wrong(here))
    },
    'sign in by code': async () => {
      const attemptId = randomUUID()
      const asked = { number: this.victim.number, accountId: null, attemptId }
      const sent = await sendSignInCode(system('sign-in'), this.world.outside, asked)
      if (sent !== 'sent') throw sent instanceof Refusal ? sent : new Error(sent)
      const code = await this.world.code(this.victim)
      const { token } = await signInByCode(system('sign-in'), this.world.outside, { attemptId, code, browser: null })
      this.sessionId = (await readSession(token))!.id
    },
    'add a passkey': async actor => {
      const answer = this.device.create(await beginPasskey(actor, this.ceremony))
      await addPasskey(actor, this.ceremony, { sessionId: this.sessionId, name: 'Mine', answer })
    },
    'prove by passkey': async actor => {
      const answer = this.device.sign(await beginPasskeyProof(actor, this.ceremony))
      await proveByPasskey(actor, this.ceremony, { sessionId: this.sessionId, answer })
    },
    'sign in by passkey': async () => {
      if (this.device.keys.length === 0) throw new Refusal('wrong-state', 'none', 'There is no key.')
      const answer = this.device.sign(await beginPasskeySignIn(system('sign-in'), this.ceremony))
      const { token } = await signInByPasskey(system('sign-in'), this.ceremony, { answer, browser: null })
      this.sessionId = (await readSession(token))!.id
    },
    'ask for content': actor => askContent(actor, this.victim),
    list: actor => listRecords(actor, this.storage, { ...this.place, page: 1, search: '', state: null }),
    search: actor => listRecords(actor, this.storage, { ...this.place, page: 1, search: 'Ada', state: null }),
    record: actor => readRecord(actor, this.storage, this.place),
    picture: actor => openPhoto(actor, this.storage, this.place),
    original: async actor => {
      const { bytes } = await openOriginal(actor, this.storage, this.place)
      return Buffer.concat(await allOf(bytes())).toString()
    },
    archive: async actor => {
      const files: string[] = []
      for await (const { bytes } of archiveFiles(actor, this.storage))
        files.push(Buffer.concat(await allOf(bytes())).toString())
      return files
    },
    report: actor => allOf(readOutcomes(actor, this.services, this.known.requestId, { all: true })),
    'look into the device': actor => inspectAccount(actor, this.services, this.known),
    'add an account': async actor => {
      const url = `https://dav-${randomUUID()}.thief.example/`
      const outside = { ...this.services, openAccount: async () => openVdirAccount({ path: this.ownFolder }) }
      const { subscriberId } = this.victim
      this.accounts.push((await addAccount(actor, outside, { kind: 'dav', subscriberId, url })).id)
    },
    'file to the own account': async actor => {
      const accountId = this.accounts.at(-1)
      if (accountId === undefined) throw new Refusal('wrong-state', 'none', 'There is no account.')
      this.requests.push(await this.world.filed(this.victim, accountId, actor))
    },
    'have it approved': async () => {
      const requestId = this.requests.at(-1)
      if (requestId === undefined) throw new Refusal('wrong-state', 'none', 'There is no request.')
      for (const helper of this.helpers) await this.world.approve(requestId, helper)
    },
    resume: actor => resumeRequest(actor, { requestId: this.requests.at(-1) ?? this.known.requestId }),
    undo: actor => undoRequest(actor, { requestId: this.requests.at(-1) ?? randomUUID() }),
    unlock: actor => unlockRestores(actor, this.victim),
    'new password': actor => renewPassword(actor, this.services, { accountId: this.known.accountId, password: 'x' }),
  }

  private get services() {
    return this.world.restores.open.services
  }

  private get storage() {
    return this.services.storage
  }
}

async function allOf<One>(from: AsyncIterable<One>): Promise<One[]> {
  const all: One[] = []
  for await (const one of from) all.push(one)
  return all
}
