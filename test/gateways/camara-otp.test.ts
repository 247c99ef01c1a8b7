import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OtpNotSent } from '@/domain/identity/otp-gateway'
import { camaraOtp } from '@/gateways/camara-otp'
import { openOtp } from '@/gateways/camara-settings'
import { type CamaraServer, json, startCamara } from '@/test/support/camara'

const number = '+12065550110'
const message = '{{code}} is your code.'
let operator: CamaraServer
let close: (() => Promise<void>)[] = []
const troubles: string[] = []
const opened = (change: { timeoutMs?: number; allowedHosts?: string[]; url?: string } = {}) => {
  const { otpUrl: url, clientId, clientSecret, host } = operator
  const settings = { url, clientId, clientSecret, allowedHosts: [host], timeoutMs: 2_000, ...change }
  const otp = camaraOtp(settings, code => troubles.push(code))
  close.push(() => otp.close())
  return otp
}
const send = '/one-time-password-sms/v1/send-code'
const validate = '/one-time-password-sms/v1/validate-code'

beforeEach(async () => {
  operator = await startCamara()
  troubles.length = 0
})
afterEach(async () => {
  await operator.stop()
  for (const one of close) await one()
  close = []
})

describe('an operator who makes codes', () => {
  it('is asked in the API’s own shapes, and says once that the code is right', async () => {
    const otp = opened()
    const authenticationId = await otp.send(number, message)
    const sent = operator.codes.get(authenticationId)
    expect(sent).toMatchObject({ phoneNumber: number, message: `${sent?.code} is your code.` })
    expect(await otp.validate(authenticationId, sent!.code)).toBe('right')
    expect(await otp.validate(authenticationId, sent!.code)).toBe('wrong')
    expect(operator.requests.map(({ path }) => path)).toEqual(['/oauth2/token', send, validate, validate])
    expect(new URLSearchParams(operator.requests[0]!.body).get('scope')).toBe('one-time-password-sms:send-validate')
    expect(JSON.parse(operator.requests[1]!.body)).toEqual({ phoneNumber: number, message })
    expect(JSON.parse(operator.requests[2]!.body)).toEqual({ authenticationId, code: sent!.code })
    expect(troubles).toEqual([])
  })

  it('says that a code is wrong, was tried too often, or is over', async () => {
    const otp = opened()
    const authenticationId = await otp.send(number, message)
    const { code } = operator.codes.get(authenticationId)!
    const wrong = String((Number(code) + 1) % 10 ** 6).padStart(6, '0')
    for (let n = 0; n < 3; n++) expect(await otp.validate(authenticationId, wrong)).toBe('wrong')
    // The right one comes too late.
    expect(await otp.validate(authenticationId, code)).toBe('wrong')
  })

  it.each([
    ['98', 'MAX_OTP_CODES_EXCEEDED', false],
    ['99', 'PHONE_NUMBER_BLOCKED', true],
  ])('refuses a number that ends in %s: %s', async (end, code, permanent) => {
    const sent = opened().send(number.replace(/..$/, end), message)
    await expect(sent).rejects.toMatchObject({ name: 'OtpNotSent', code, permanent })
    expect(troubles).toEqual([code])
  })

  it('is given a message with the code in one place, of 160 characters', async () => {
    for (const text of ['no code', '{{code}} {{code}}', `{{code}}${'x'.repeat(160)}`])
      await expect(opened().send(number, text)).rejects.toThrow(RangeError)
    expect(operator.requests).toEqual([])
  })
})

const huge = ' '.repeat(1024 * 1024)
const info = (status: number, code: string) => json(status, { status, code, message: 'x' })
const odd: [string, Parameters<CamaraServer['answerWith']>[0]][] = [
  ['200', json(200, {})],
  ['200 that says it is valid', json(200, { valid: true })],
  ['202', json(202, {})],
  ['201', response => response.writeHead(201).end()],
  ['205', response => response.writeHead(205).end()],
  ['a redirect', response => response.writeHead(302, { location: '/right' }).end()],
  ['304', response => response.writeHead(304).end()],
  ['400 of another kind', info(400, 'INVALID_ARGUMENT')],
  ['400 without a body', response => response.writeHead(400).end()],
  ['400 in HTML', json(400, '<html>INVALID_OTP</html>', 'text/html')],
  ['400 whose body says 204', json(400, { status: 204, code: 'ONE_TIME_PASSWORD_SMS.INVALID_OTP', message: 'x' })],
  ['401', info(401, 'UNAUTHENTICATED')],
  ['403', info(403, 'PERMISSION_DENIED')],
  ['404', info(404, 'NOT_FOUND')],
  ['409 with a code of ours', info(409, 'ONE_TIME_PASSWORD_SMS.INVALID_OTP')],
  ['429', info(429, 'TOO_MANY_REQUESTS')],
  ['500', info(500, 'INTERNAL')],
  ['503', info(503, 'UNAVAILABLE')],
  ['a megabyte', json(200, `{}${huge}`)],
  ['a connection that breaks off', response => void response.socket?.destroy()],
  ['silence', () => undefined],
  [
    'half an answer',
    response => {
      response.writeHead(400, { 'content-type': 'application/json', 'content-length': '80' })
      response.write('{"status":400,"code":"ONE_TIME')
      setTimeout(() => response.socket?.destroy(), 20)
    },
  ],
]

describe('what is no whole and well-formed answer', () => {
  it.each(odd)('never passes a code, and is no word against it: %s', async (_name, answer) => {
    const otp = opened({ timeoutMs: 300 })
    const authenticationId = await otp.send(number, message)
    operator.answerWith(answer, validate)
    operator.answerWith(response => response.writeHead(204).end(), '/right')
    expect(await otp.validate(authenticationId, operator.codes.get(authenticationId)!.code)).toBe('unknown')
    expect(troubles).toHaveLength(1)
    expect(troubles[0]).not.toContain('5550110')
  })

  it.each([
    ...odd.filter(([name]) => !name.startsWith('200')),
    ['200 without an id', json(200, {})],
    ['200 with a number for it', json(200, { authenticationId: 7 })],
    ['200 with an id of two lines', json(200, { authenticationId: 'a\nb' })],
    ['200 with a long one', json(200, { authenticationId: 'a'.repeat(37) })],
    ['204', response => response.writeHead(204).end()],
  ] as typeof odd)('is taken for no code sent, which is tried again: %s', async (_name, answer) => {
    operator.answerWith(answer, send)
    const sent = opened({ timeoutMs: 300 }).send(number, message)
    await expect(sent).rejects.toBeInstanceOf(OtpNotSent)
    await expect(sent).rejects.toMatchObject({ permanent: false })
  })

  it('is what an address inside, or nobody, answers', async () => {
    for (const [url, hosts] of [
      ['http://127.0.0.1:9/x', ['127.0.0.1:9']],
      ['https://169.254.169.254/otp', []],
    ] as const)
      expect(await opened({ url, allowedHosts: [...hosts] }).validate('id', '123456')).toBe('unknown')
  })
})

it('is there where OTP_URL names it, with its client', async () => {
  const none = () => undefined
  expect(openOtp({}, none)).toBeNull()
  expect(() => openOtp({ OTP_URL: 'https://api.operator.example' }, none)).toThrow(RangeError)
  const { otpUrl, host, clientId, clientSecret } = operator
  const client = { CAMARA_CLIENT_ID: clientId, CAMARA_CLIENT_SECRET: clientSecret, CAMARA_ALLOWED_HOSTS: host }
  const otp = openOtp({ OTP_URL: otpUrl, ...client }, none)
  expect(await otp?.send(number, message)).toMatch(/^[0-9a-f-]{36}$/)
  await otp?.close()
})
