import { afterAll, beforeAll, expect, it } from 'vitest'
import { database } from '@/gateways/database'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'

let world: BroadcastWorld
beforeAll(async () => {
  world = await BroadcastWorld.begin()
})
afterAll(() => world.end())

/** What a carrier's list has been seen to hold in the place of an address. */
const poison = [
  'ann@people.example\r\nBcc: all@people.example',
  'ann@people.example\nall@people.example',
  'ann@people.example, bob@people.example',
  'ann@people.example;bob@people.example',
  'Ann <ann@people.example>',
  '"all@people.example" <ann@people.example>',
  '<ann@people.example>',
  'ann@people.example>',
  'é.ann@people.example',
  'ann@bücher.example',
  'ann@people.example\u2028',
  'ann\u0000@people.example'.replace('\0', '\u0001'),
  `${'a'.repeat(400)}@people.example`,
  `ann@${'a.'.repeat(150)}example`,
  'ann@[127.0.0.1]',
  'ann@people@example',
  'ann%all@people.example',
  '@people.example',
  'ann',
  ' ',
  '',
]
const names = [
  '<script>alert(1)</script>',
  '$& $1 $`',
  '{{subscriber.name}}',
  'Ann\r\nBcc: all@people.example',
  '\ue000',
]

it('an address that is none is told of as such and costs nobody else their mail; a name is a name and nothing else', async () => {
  const carrierId = world.carriers.harbor!
  const people = names.map((name, at) => ({ email: `good.${at}@people.example`, name }))
  await database().subscriber.createMany({
    data: [...poison.map(email => ({ email, name: null })), ...people].map((one, at) => ({
      ...one,
      carrierId,
      accountId: `a${at}`,
    })),
  })
  const { broadcastId } = await world.incident(['harbor'])
  await world.spread(broadcastId, 3)
  expect(await world.send(broadcastId)).toBeNull()
  expect(world.recipients()).toEqual([...people.map(({ email }) => email), 'ann@people.example'].sort())
  for (const { mail, to } of world.smtp.messages) {
    expect(mail.to).toMatchObject([{ address: to[0] }])
    expect([mail.cc, mail.bcc]).toEqual([undefined, undefined])
    expect(mail.html).not.toContain('<script>')
    expect(mail.subject).toBe('Being investigated: Data service is down')
  }
  const greeted = world.smtp.messages.map(({ mail }) => mail.text?.split('\n')[0]).sort()
  expect(greeted).toContain('Hello <script>alert(1)</script>,')
  expect(greeted).toContain('Hello $& $1 $`,')
  expect(world.reported).toEqual([])
  const rows = await database().delivery.findMany({ where: { broadcastId, status: { not: 'sent' } } })
  expect(new Set(rows.map(({ status, reason }) => `${status} ${reason}`))).toEqual(new Set(['bounced message-refused']))
})
