import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anonymous, system } from '@/domain/actor'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { peopleOfMailbox } from '@/domain/subscriber/people-of-mailbox'
import { readSubscriber } from '@/domain/subscriber/read-subscriber'
import { reader } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

const operator = system('test')
const secrets = openSecrets(parseKeyring(`test:${randomBytes(32).toString('base64')}`))
let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
  for (const slug of ['west', 'north']) await addCarrier(operator, { slug, name: slug, country: 'US' })
  const add = (carrierSlug: string, accountId: string, email: string) =>
    addSubscriber(operator, secrets, { carrierSlug, accountId, email })
  await add('west', 'W1', 'Family@People.example')
  await add('north', 'N1', 'family@people.example')
  await add('north', 'N2', 'other@people.example')
  await addStaff(operator, { email: 'other@people.example', name: 'Other', role: 'support_agent', carrierSlug: null })
})
afterAll(async () => {
  await closeDatabase()
  await database.drop()
})

it('finds everybody of a mailbox, whatever its case, in the order in which they came', async () => {
  const { subscribers, staff } = await peopleOfMailbox(operator, ' FAMILY@people.EXAMPLE ')
  expect(subscribers.map(({ accountId, carrierName }) => `${accountId} ${carrierName}`)).toEqual([
    'W1 west',
    'N1 north',
  ])
  expect(staff).toBeNull()
})

it('finds staff beside subscribers, and nobody of staff who left', async () => {
  const both = await peopleOfMailbox(operator, 'other@people.example')
  expect([both.subscribers.length, both.staff?.role]).toEqual([1, 'support_agent'])
  await reader('every-carrier').staff.updateMany({ data: { leftAt: new Date() } })
  expect((await peopleOfMailbox(operator, 'other@people.example')).staff).toBeNull()
})

it('finds nobody where nobody is, and tells no person', async () => {
  expect(await peopleOfMailbox(operator, 'nobody@people.example')).toEqual({ subscribers: [], staff: null })
  await expect(peopleOfMailbox(anonymous, 'family@people.example')).rejects.toMatchObject({ kind: 'not-allowed' })
})

it('reads another person as not found', async () => {
  const { subscribers } = await peopleOfMailbox(operator, 'family@people.example')
  const [mine, other] = subscribers
  const me = { role: 'subscriber', subscriberId: mine!.id, carrierId: mine!.carrierId, provedAt: new Date() } as const
  expect(await readSubscriber(me, mine!.id)).toMatchObject({ accountId: 'W1', email: 'Family@People.example' })
  await expect(readSubscriber(me, other!.id)).rejects.toMatchObject({ kind: 'not-found' })
})
