import { afterAll, beforeAll, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { watchPromise } from '@/domain/incident/watch-promise'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { database } from '@/gateways/database'
import { at, IncidentWorld } from '@/test/domain/incident/incident-world'
import type { Services } from '@/workers/handler'
import { handle } from '@/workers/handlers/send-alarm'

let world: IncidentWorld
beforeAll(async () => {
  world = await IncidentWorld.begin()
}, 60_000)
afterAll(() => world.end())

type Mail = Parameters<Services['mail']['send']>[0]

/** The handler's outside, where mail goes into a list unless it fails. */
function outside(fails: Error | null = null): { sent: Mail[]; services: Services } {
  const sent: Mail[] = []
  const mail = {
    send: async (message: Mail) => {
      if (fails) throw fails
      sent.push(message)
      return { id: 'x' }
    },
    close: async () => undefined,
  }
  const services = {
    mail,
    mailFrom: 'no-reply@homeward.example',
    publicUrl: 'https://homeward.example',
    timeZone: 'UTC',
  }
  return { sent, services: services as unknown as Services }
}

/** One alarm of a promise that is overdue. */
async function alarm(promise?: { category?: 'photos'; textEn: string; textFr: string }): Promise<string> {
  const dueAt = at(2)
  const id = await world.open({
    promises: promise ? [{ ...promise, dueAt }] : [],
    nextUpdateBy: promise ? at(99) : dueAt,
  })
  const own = (await world.incident(id)).promises.find(one => one.dueAt.getTime() === dueAt.getTime())!
  await watchPromise(system('test'), own.id, dueAt)
  return (await database().promiseAlarm.findFirstOrThrow({ where: { promiseId: own.id } })).id
}

it('tells what was promised, by when and where to say something, once', async () => {
  const alarmId = await alarm()
  const { sent, services } = outside()
  expect(await handle({ alarmId }, services)).toBeUndefined()
  expect(await handle({ alarmId }, services)).toBeUndefined()
  expect(sent).toHaveLength(1)
  const [mail] = sent
  const { promise } = await database().promiseAlarm.findUniqueOrThrow({
    where: { id: alarmId },
    include: { promise: true },
  })
  const { email } = await database().staff.findUniqueOrThrow({ where: { id: world.manager.staffId } })
  expect([mail?.to, mail?.messageId]).toEqual([email, `<${alarmId}@homeward.example>`])
  expect(mail?.subject).toContain('Contacts are gone')
  for (const text of [mail?.text, mail?.html]) {
    expect(text).toContain(`https://homeward.example/admin/incidents/${promise.incidentId}`)
    expect(text).toContain('Next update')
    expect(text).toContain('14:00')
  }
})

it('says in the reader’s language what was promised in words, or which data', async () => {
  await database().staff.update({ where: { id: world.manager.staffId }, data: { language: 'fr' } })
  const { sent, services } = outside()
  await handle({ alarmId: await alarm({ textEn: 'An answer', textFr: 'Une réponse' }) }, services)
  await handle(
    { alarmId: await alarm({ category: 'photos', textEn: 'Photos back', textFr: 'Photos rendues' }) },
    services,
  )
  expect(sent.map(mail => [mail.text.includes('Une réponse'), mail.text.includes('Photos rendues')])).toEqual([
    [true, false],
    [false, true],
  ])
  expect(sent[0]?.subject).toContain('Les contacts ont disparu')
})

it('stays with the administrator where the address is refused, and is tried again where the way is closed', async () => {
  const alarmId = await alarm()
  expect(await handle({ alarmId }, outside(new MailNotSent(true, 'no such mailbox')).services)).toEqual({
    failed: { code: 'mail-refused', retryAt: null },
  })
  await expect(handle({ alarmId }, outside(new MailNotSent(false, 'busy')).services)).rejects.toThrow(MailNotSent)
  expect((await database().promiseAlarm.findUniqueOrThrow({ where: { id: alarmId } })).sentAt).toBeNull()
})

it('says nothing any more once something was said', async () => {
  const alarmId = await alarm()
  const { promise } = await database().promiseAlarm.findUniqueOrThrow({
    where: { id: alarmId },
    include: { promise: true },
  })
  await world.say(promise.incidentId, {}, at(2.1))
  const { sent, services } = outside()
  await handle({ alarmId }, services)
  expect(sent).toEqual([])
})
