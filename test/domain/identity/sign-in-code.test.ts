import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { codesOf } from '@/domain/identity/code-rules'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { OtpNotSent, type OtpVerdict } from '@/domain/identity/otp-gateway'
import { sendSignInCode } from '@/domain/identity/send-sign-in-code'
import { signInByCode } from '@/domain/identity/sign-in-by-code'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader } from '@/domain/transaction'
import { database } from '@/gateways/database'
import { GuardWorld, later, minutes, type Person } from '@/test/domain/identity/guard-world'

let world: GuardWorld
beforeAll(async () => {
  world = await GuardWorld.begin()
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => {
  world.sim = { kind: 'unchanged' }
  world.otp = null
  world.sent.length = 0
})

const signIn = system('sign-in')
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })
const ask = (number: string, more: { accountId?: string; attemptId?: string; now?: Date } = {}) =>
  sendSignInCode(
    signIn,
    world.outside,
    { number, accountId: more.accountId ?? null, attemptId: more.attemptId ?? randomUUID() },
    more.now,
  )
const enter = (attemptId: string, code: string, now?: Date) =>
  signInByCode(signIn, world.outside, { attemptId, code, browser: null }, now)
async function codeOf(attemptId: string): Promise<string> {
  const row = await reader('every-carrier').identityCode.findFirstOrThrow({ where: { sessionId: attemptId } })
  return codesOf(world.secrets, row.id)[0]!
}
const sessionsOf = ({ subscriberId }: Person) =>
  database().signInSession.findMany({ where: { subscriberId, method: 'sms' } })

describe('a code to the number of before the incident', () => {
  it('opens a session once, which has proved by a code', async () => {
    const ada = await world.person()
    const attemptId = randomUUID()
    expect(await ask(ada.number, { attemptId })).toBe('sent')
    await world.deliver(ada.subscriberId)
    const code = await codeOf(attemptId)
    const spaced = `${code.slice(0, 4)} ${code.slice(4)}`
    expect(world.sent.filter(({ channel }) => channel === 'sms')).toMatchObject([{ to: ada.number }])
    expect(world.sent.find(({ channel }) => channel === 'sms')?.text).toContain(spaced)
    // Whoever reads the mailbox is told as well.
    expect(world.sent.map(({ to }) => to)).toContain(ada.email)
    const now = new Date()
    const [one, two] = await Promise.allSettled([enter(attemptId, spaced, now), enter(attemptId, code, now)])
    expect([one.status, two.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect(await sessionsOf(ada)).toMatchObject([{ provedAt: now, provedKeySince: null, staffId: null }])
    await expect(enter(attemptId, code)).rejects.toEqual(refused('code-refused'))
  }, 30_000)

  it.each(['2065550', '(206) 555-0', '+1 206 555 0', '1-206-555-0', '1 206 555 0'])(
    'is found however the number is written: %s…',
    async start => {
      const ada = await world.person()
      expect(await ask(`${start}${ada.number.slice(-3)}`)).toBe('sent')
    },
  )

  it('is sent to one person: where several have the number, their account says which', async () => {
    const [phone, carrierSlug] = ['+1 206 555 0777', 'harbor']
    const two = ['S-1', 'S-2'].map(accountId => ({
      carrierSlug,
      accountId,
      phone,
      email: `${accountId}@people.example`,
    }))
    for (const one of two) await addSubscriber(system('test'), world.secrets, one)
    const codes = () => reader('every-carrier').identityCode.count()
    const before = await codes()
    expect(await ask(phone)).toBe('several')
    expect(await codes()).toBe(before)
    expect(await ask(phone, { accountId: 's-1' })).toBe('nobody')
    expect(await ask(phone, { accountId: 'S-2' })).toBe('sent')
    expect(await ask('+12065559999')).toBe('nobody')
    expect(await ask('no number')).toBe('nobody')
  })

  it('holds where the SIM was changed, or nobody can tell, or everything is frozen', async () => {
    const ada = await world.person()
    world.sim = { kind: 'unknown', reason: 'timed-out' }
    expect(await ask(ada.number)).toEqual(refused('sim-unknown'))
    world.sim = { kind: 'changed', at: null }
    expect(await ask(ada.number)).toEqual(refused('sim-changed'))
    world.sim = { kind: 'unchanged' }
    await freezeSubscriber(ada.actor, ada)
    expect(await ask(ada.number)).toEqual(refused('held-frozen'))
    const spent = { where: { subscriberId: ada.subscriberId } }
    expect(await reader('every-carrier').identityCode.count(spent)).toBe(0)
  })

  it('answers the same for what was never sent, was wrong, ran out, or was tried too often', async () => {
    const ada = await world.person()
    const attemptId = randomUUID()
    const now = new Date()
    await ask(ada.number, { attemptId, now })
    const code = await codeOf(attemptId)
    const wrong = String((Number(code) + 1) % 10 ** 8).padStart(8, '0')
    await expect(enter(randomUUID(), code, now)).rejects.toEqual(refused('code-refused'))
    await expect(enter(attemptId, code, later(now, 10 * minutes + 1))).rejects.toEqual(refused('code-refused'))
    for (let n = 0; n < 5; n++) await expect(enter(attemptId, wrong, now)).rejects.toEqual(refused('code-refused'))
    await expect(enter(attemptId, code, now)).rejects.toEqual(refused('code-refused'))
    // A new code does not make the failures undone.
    expect(await ask(ada.number, { now: later(now, minutes) })).toEqual(refused('code-wait'))
    expect(await sessionsOf(ada)).toEqual([])
    // Whoever knows the number keeps nobody from proving who they are in their own session.
    await world.send(ada, later(now, minutes))
    await world.take(ada, await world.code(ada), later(now, minutes))
    expect((await world.proved(ada)).provedAt).toEqual(later(now, minutes))
  }, 60_000)

  it('counts each of a hundred wrong tries at once, and lets none of them in', async () => {
    const ada = await world.person()
    const attemptId = randomUUID()
    await ask(ada.number, { attemptId })
    const code = await codeOf(attemptId)
    const tries = Array.from({ length: 100 }, (_, n) => String((Number(code) + 1 + n) % 10 ** 8).padStart(8, '0'))
    const answers = await Promise.allSettled(tries.map(one => enter(attemptId, one)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([])
    const guard = await reader('every-carrier').codeGuard.findFirstOrThrow({
      where: { subscriberId: ada.subscriberId, purpose: 'sign-in' },
    })
    expect(guard.failures).toBe(5)
    await expect(enter(attemptId, code)).rejects.toEqual(refused('code-refused'))
  }, 60_000)
})

describe('codes that an operator makes', () => {
  const said: { verdict: OtpVerdict; asked: string[] } = { verdict: 'right', asked: [] }
  const operator = {
    send: async (_number: string, message: string) => {
      expect(message).toContain('{{code}}')
      expect(message.length).toBeLessThanOrEqual(160)
      return randomUUID()
    },
    validate: async (_id: string, code: string) => {
      said.asked.push(code)
      return said.verdict
    },
  }
  beforeEach(() => {
    world.otp = operator
    said.asked.length = 0
  })

  it('are judged by the operator alone, once, and nothing but its yes passes', async () => {
    const ada = await world.person()
    await world.send(ada)
    // Not sent yet: there is nothing to ask about.
    said.verdict = 'right'
    await expect(world.take(ada, '123 456')).rejects.toEqual(refused('code-wrong'))
    expect(said.asked).toEqual([])
    await world.deliver(ada.subscriberId)
    expect(world.sent.filter(({ channel }) => channel === 'sms')).toEqual([])
    for (const [verdict, code] of [
      ['unknown', 'code-unknown'],
      ['wrong', 'code-wrong'],
    ] as const) {
      said.verdict = verdict
      await expect(world.take(ada, '123456')).rejects.toEqual(refused(code))
      expect((await world.proved(ada)).provedAt).toBeNull()
    }
    // The digits that would be ours open nothing.
    await expect(world.take(ada, await world.code(ada))).rejects.toEqual(refused('code-wrong'))
    said.verdict = 'right'
    await world.take(ada, '123-456')
    expect(said.asked.at(-1)).toBe('123456')
    expect((await world.proved(ada)).provedAt).not.toBeNull()
    await expect(world.take(ada, '123456')).rejects.toEqual(refused('code-wrong'))
  }, 60_000)

  it('open one session where they are right twice at the same moment', async () => {
    const ada = await world.person()
    const attemptId = randomUUID()
    expect(await ask(ada.number, { attemptId })).toBe('sent')
    await world.deliver(ada.subscriberId)
    said.verdict = 'right'
    const both = await Promise.allSettled([enter(attemptId, '123456'), enter(attemptId, '123456')])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await sessionsOf(ada)).toHaveLength(1)
  })

  it('are counted before the operator is asked: of a hundred at once five are', async () => {
    const ada = await world.person()
    await world.send(ada)
    await world.deliver(ada.subscriberId)
    said.verdict = 'wrong'
    await Promise.allSettled(Array.from({ length: 100 }, () => world.take(ada, '123456')))
    expect(said.asked).toHaveLength(5)
    said.verdict = 'right'
    await expect(world.take(ada, '123456')).rejects.toEqual(refused('code-wait'))
  }, 60_000)

  it('are asked for again where the operator did not say that it sent one, and not where it never will', async () => {
    const ada = await world.person()
    for (const permanent of [false, true]) {
      world.otp = { ...operator, send: async () => Promise.reject(new OtpNotSent('x', permanent)) }
      await world.send(ada)
      const sent = world.deliver(ada.subscriberId)
      if (permanent) await expect(sent).resolves.toBeTruthy()
      else await expect(sent).rejects.toBeInstanceOf(OtpNotSent)
    }
  })
})
