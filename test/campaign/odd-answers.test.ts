import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SmsNotSent } from '@/domain/notification/sms-gateway'
import { DeviceAccountError } from '@/domain/restore/device-account'
import { camaraSim } from '@/gateways/camara-sim'
import { httpSms } from '@/gateways/sms'
import { Chance } from '@/test/campaign/chance'
import { type OddAnswer, oddAnswer, startOddServer } from '@/test/campaign/odd-answers'
import { bookAt, listAll, openAt } from '@/test/gateways/device-account/dav-support'

/** The campaign asks 30,000 times. */
const times = Math.ceil(Number(process.env.CAMPAIGN_ANSWERS ?? 900) / 3)
const seed = Number(process.env.CAMPAIGN_SEED ?? 20091001)
const chance = new Chance(seed)
const timeoutMs = 2_000

let server: Awaited<ReturnType<typeof startOddServer>>
/** What was answered last, and to whom. */
let last: { path: string; answer: OddAnswer | null }
beforeAll(async () => {
  server = await startOddServer(head => {
    const path = head.split(' ')[1] ?? ''
    if (path === '/oauth2/token') return tokenFor()
    last = { path, answer: chance.between(1, 30) === 1 ? null : oddAnswer(chance) }
    return last.answer?.raw ?? null
  })
})
afterAll(() => server?.stop())

function tokenFor(): Buffer {
  const body = JSON.stringify({ access_token: 'token', token_type: 'Bearer', expires_in: 300 })
  const head = ['HTTP/1.1 200 OK', 'Content-Type: application/json', `Content-Length: ${body.length}`]
  return Buffer.from(`${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`)
}

/** What the answer said as JSON; undefined where it was none. */
function jsonOf({ seen }: OddAnswer): unknown {
  try {
    return JSON.parse(seen.toString())
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

describe(
  `servers of others that answer anything, ${times} times each`,
  () => {
    it('a provider of text messages: an id that it gave, or not sent', async () => {
      const sms = httpSms({ url: server.url, token: 'token', from: 'Homeward', timeoutMs })
      const counts = { sent: 0, not: 0 }
      for (let i = 0; i < times; i++) {
        try {
          const { id } = await sms.send({ to: '+12065550100', text: 'x', idempotencyKey: `k${i}` })
          const said = last.answer === null ? null : jsonOf(last.answer)
          expect([id, last.answer!.status < 300], `seed ${seed}, ${i}`).toEqual([isObject(said) ? said.id : null, true])
          counts.sent++
        } catch (error) {
          if (!(error instanceof SmsNotSent)) throw error
          expect(error.message.length, `seed ${seed}, ${i}`).toBeLessThan(300)
          counts.not++
        }
      }
      await sms.close()
      // Both happened: it was not one answer for all.
      expect(counts.sent).toBeGreaterThan(0)
      expect(counts.not).toBeGreaterThan(times / 2)
    })

    it('an operator asked about a SIM: unchanged only where it said exactly that', async () => {
      const trouble: string[] = []
      const url = `${server.url}sim-swap/v2`
      const secret = { clientId: 'a', clientSecret: 'b', allowedHosts: [server.host], timeoutMs }
      const sim = camaraSim({ url, ...secret }, code => trouble.push(code))
      let unchanged = 0
      for (let i = 0; i < times; i++) {
        const answer = await sim.check('+12065550100', 240)
        if (answer.kind !== 'unchanged') continue
        unchanged++
        const said = jsonOf(last.answer!)
        expect([last.path, last.answer!.status], `seed ${seed}, ${i}`).toEqual(['/sim-swap/v2/check', 200])
        expect(isObject(said) && said.swapped, `seed ${seed}, ${i}`).toBe(false)
      }
      await sim.close()
      expect(trouble.filter(code => code === 'our-fault')).toEqual([])
      expect(unchanged).toBeLessThan(times / 10)
      expect(trouble.length).toBeGreaterThan(times / 2)
    })

    it('a server of device accounts: what it lists, or one of the troubles that a run knows', async () => {
      const kinds = new Map<string, number>()
      for (let i = 0; i < times; i++) {
        const account = openAt(server.url)
        try {
          const items =
            i % 3 === 0 ? (await account.discover()).collections : await listAll(account, bookAt(server.url))
          for (const one of items) {
            const address = 'href' in one ? one.href : one.url
            expect(new URL(address).host, `seed ${seed}, ${i}`).toBe(server.host)
          }
          kinds.set('answered', (kinds.get('answered') ?? 0) + 1)
        } catch (error) {
          if (!(error instanceof DeviceAccountError)) throw new Error(`seed ${seed}, ${i}`, { cause: error })
          expect(error.message).not.toContain('pässword')
          kinds.set(error.kind, (kinds.get(error.kind) ?? 0) + 1)
        } finally {
          await account.close()
        }
      }
      expect(kinds.size).toBeGreaterThan(2)
    })
  },
  Math.max(120_000, times * 200),
)
