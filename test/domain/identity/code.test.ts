import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, nextSendAt, spacedCode, typedCode, waitAfter } from '@/domain/identity/code-rules'
import { numberOnFile } from '@/domain/identity/number-on-file'
import { readSecurity } from '@/domain/identity/read-security'
import { sendCode } from '@/domain/identity/send-code'
import { requireFreshProof } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { GuardWorld, hours, later, minutes } from '@/test/domain/identity/guard-world'

let world: GuardWorld
beforeAll(async () => {
  world = await GuardWorld.begin()
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => {
  world.sim = { kind: 'unchanged' }
  world.asked.length = 0
  world.sent.length = 0
})

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })
const guardOf = (subscriberId: string) =>
  reader('every-carrier').codeGuard.findFirstOrThrow({ where: { subscriberId, purpose: 'proof' } })

describe('a code', () => {
  it('goes to the number on file, after its SIM was asked about, and proves who its session is', async () => {
    const ada = await world.person()
    await expect(async () => requireFreshProof(await world.proved(ada))).rejects.toThrow()
    await world.send(ada)
    expect(world.asked).toEqual([{ number: ada.number, hours: 240 }])
    await world.deliver(ada.subscriberId)
    const text = world.sent.find(({ channel }) => channel === 'sms')!
    const code = await world.code(ada)
    expect(text.to).toBe(ada.number)
    expect(text.text).toContain(spacedCode(code))
    await world.take(ada, code)
    requireFreshProof(await world.proved(ada))
    const proved = (await world.proved(ada)).provedAt!
    expect(() => requireFreshProof({ ...ada.actor, provedAt: proved }, later(proved, 5 * minutes + 1))).toThrow()
  })

  it('is taken with the spaces, dashes and wide digits that people type, and the marks that no screen shows', async () => {
    for (const write of [spacedCode, (code: string) => ` ${code.slice(0, 4)}-${code.slice(4)} `, wide, marked]) {
      const ada = await world.person()
      await world.send(ada)
      await world.take(ada, write(await world.code(ada)))
      expect((await world.proved(ada)).provedAt).not.toBeNull()
    }
  })

  it('is worth nothing a second time, after ten minutes, in another session, or to another person', async () => {
    const [ada, eve] = [await world.person(), await world.person()]
    await world.send(ada)
    const code = await world.code(ada)
    const elsewhere = await world.session({ subscriberId: ada.subscriberId, email: ada.email })
    await expect(world.take({ ...ada, sessionId: elsewhere }, code)).rejects.toEqual(refused('code-wrong'))
    await expect(world.take(eve, code)).rejects.toEqual(refused('code-wrong'))
    await expect(world.take({ ...ada, actor: eve.actor }, code)).rejects.toEqual(refused('not-found'))
    await expect(world.take(ada, code, later(new Date(), 10 * minutes + 1000))).rejects.toEqual(refused('code-wrong'))
    expect((await world.proved(ada)).provedAt).toBeNull()
    await world.take(ada, code, later(new Date(), 9 * minutes))
    await expect(world.take(ada, code)).rejects.toEqual(refused('code-wrong'))
  })

  it('is worth nothing once a new one was asked for, which does not forget the wrong tries', async () => {
    const ada = await world.person()
    await world.send(ada)
    const first = await world.code(ada)
    await expect(world.take(ada, await world.wrong(ada))).rejects.toEqual(refused('code-wrong'))
    await world.send(ada)
    expect(await world.code(ada)).not.toBe(first)
    await expect(world.take(ada, first)).rejects.toEqual(refused('code-wrong'))
    expect((await guardOf(ada.subscriberId)).failures).toBe(2)
  })

  it('stands nowhere in the database, and follows from no row alone', async () => {
    const ada = await world.person()
    await world.send(ada)
    const code = await world.code(ada)
    const tables = await Promise.all([
      reader('every-carrier').identityCode.findMany({ select: { id: true, subscriberId: true, sessionId: true } }),
      reader('every-carrier').event.findMany({
        where: { subject: `subscriber:${ada.subscriberId}` },
        select: { data: true, hash: true },
      }),
      reader('every-carrier').task.findMany({ select: { payload: true } }),
    ])
    expect(JSON.stringify(tables)).not.toContain(code)
    const other = await otherKeys()
    const [row] = tables[0].filter(({ subscriberId }) => subscriberId === ada.subscriberId)
    expect(codesOf(other, row!.id)).not.toContain(code)
  })

  it('is not sent any more once it is late', async () => {
    const ada = await world.person()
    await world.send(ada, later(new Date(), -11 * minutes))
    await world.deliver(ada.subscriberId)
    expect(world.sent.filter(({ text }) => /\d{4} \d{4}/.test(text))).toEqual([])
  })

  it('two right ones at once have one effect', async () => {
    const ada = await world.person()
    await world.send(ada)
    const code = await world.code(ada)
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => world.take(ada, code)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const taken = { subject: `subscriber:${ada.subscriberId}`, kind: 'code.taken' }
    expect(await reader('every-carrier').event.count({ where: taken })).toBe(1)
  })
})

describe('wrong codes', () => {
  it('stop everybody after five, for an hour that the screen names, the right code too', async () => {
    const ada = await world.person()
    const now = new Date()
    await world.send(ada, now)
    const wrong = await world.wrong(ada)
    for (let i = 1; i <= 4; i++) await expect(world.take(ada, wrong, now)).rejects.toEqual(refused('code-wrong'))
    await expect(world.take(ada, wrong, now)).rejects.toEqual(refused('code-wait'))
    await expect(world.take(ada, await world.code(ada), later(now, minutes))).rejects.toEqual(refused('code-wait'))
    await expect(world.send(ada, later(now, minutes))).rejects.toEqual(refused('code-wait'))
    const { codeWaitUntil } = await readSecurity(ada.actor, world.secrets, ada, later(now, minutes))
    expect(codeWaitUntil).toEqual(later(now, hours))
    // Afterwards a new code works, and a right one forgives.
    await world.send(ada, later(now, hours + minutes))
    await world.take(ada, await world.code(ada), later(now, hours + 2 * minutes))
    expect(await guardOf(ada.subscriberId)).toMatchObject({ failures: 0, waitUntil: null })
  })

  it('are counted, each, when a hundred come at once', async () => {
    const ada = await world.person()
    await world.send(ada)
    const wrong = await world.wrong(ada)
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => world.take(ada, wrong)))
    const codes = answers.map(answer =>
      answer.status === 'rejected' ? (answer.reason as { code: string }).code : 'right',
    )
    expect(codes.filter(code => code === 'code-wrong')).toHaveLength(4)
    expect(codes.filter(code => code === 'code-wait')).toHaveLength(96)
    await expect(world.take(ada, await world.code(ada))).rejects.toEqual(refused('code-wait'))
    expect((await world.proved(ada)).provedAt).toBeNull()
  }, 60_000)

  it('that are no codes are told so, and do not count', async () => {
    const ada = await world.person()
    for (const text of ['', 'abcdefgh', '1234567', '123456789', '١٢٣٤٥٦٧٨x', '12345678\n12345678', '-1234567', '1e7'])
      await expect(world.take(ada, text)).rejects.toEqual(refused('code-form'))
    await expect(world.take(ada, '1'.repeat(201))).rejects.toMatchObject({ kind: 'bad-input' })
    expect(await reader('every-carrier').codeGuard.count({ where: { subscriberId: ada.subscriberId } })).toBe(0)
  })
})

describe('asking for codes', () => {
  it('ends after five in a quarter of an hour, also at the same moment', async () => {
    const ada = await world.person()
    const now = new Date()
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => world.send(ada, now)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    const open = { subscriberId: ada.subscriberId, spentAt: null }
    expect(await reader('every-carrier').identityCode.count({ where: open })).toBe(1)
    await expect(world.send(ada, later(now, 14 * minutes))).rejects.toEqual(refused('code-too-many'))
    await world.send(ada, later(now, 15 * minutes))
  }, 60_000)

  it('is refused where there is no number, or nobody who sends', async () => {
    for (const phone of [null, '555-0100', 'not a number']) {
      const ada = await world.person(phone)
      await expect(world.send(ada)).rejects.toEqual(refused('no-number'))
    }
    const ada = await world.person()
    const mute = { ...world.outside, sendsSms: false }
    await expect(sendCode(ada.actor, mute, ada)).rejects.toEqual(refused('no-sms'))
    await expect(sendCode(ada.actor, world.outside, { ...ada, subscriberId: randomUUID() })).rejects.toEqual(
      refused('not-found'),
    )
    expect(world.asked).toEqual([])
  })
})

it('the rules, by the clock', () => {
  const now = new Date('2026-11-23T12:00:00Z')
  expect([0, 1, 4, 6, 9].map(failures => waitAfter(failures, now))).toEqual([null, null, null, null, null])
  const waits = [5, 10, 15, 25, 50, 1000].map(failures => (waitAfter(failures, now)!.getTime() - now.getTime()) / hours)
  expect(waits).toEqual([1, 2, 4, 16, 24, 24])
  const ago = (ms: number) => later(now, -ms)
  expect(nextSendAt([], now)).toBeNull()
  expect(
    nextSendAt(
      [1, 2, 3, 4].map(n => ago(n * minutes)),
      now,
    ),
  ).toBeNull()
  expect(
    nextSendAt(
      [1, 2, 3, 4, 5].map(n => ago(n * minutes)),
      now,
    ),
  ).toEqual(later(now, 10 * minutes))
  expect(
    nextSendAt(
      Array.from({ length: 20 }, (_, n) => ago((n + 1) * hours)),
      now,
    ),
  ).toEqual(later(now, 4 * hours))
  expect(typedCode('１２３４ ５６７８')).toBe('12345678')
})

it('the number is the carrier’s, as it is dialled in its country', () => {
  const sealed = (text: string) => ({
    id: 'x',
    phone: world.secrets.seal(text, 'subscriber:x:phone'),
    carrier: { country: 'US' },
  })
  expect(numberOnFile(world.secrets, sealed('(206) 555-0110'))).toBe('+12065550110')
  expect(numberOnFile(world.secrets, sealed('+1 418 555 0110'))).toBe('+14185550110')
})

/** As it is copied out of a message in a language that is written from the right. */
const marked = (code: string) => `\u2068${code.slice(0, 4)}\u00a0${code.slice(4)}\u2069\u200b\ufeff`
const wide = (code: string) => [...code].map(digit => String.fromCodePoint(0xff10 + Number(digit))).join('')

async function otherKeys() {
  const { parseKeyring } = await import('@/gateways/keyring')
  const { openSecrets } = await import('@/gateways/secrets')
  return openSecrets(
    parseKeyring(`other:${Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64')}`),
  )
}
