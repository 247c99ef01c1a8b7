import { afterAll, beforeAll, expect, it } from 'vitest'
import { latestUpdates } from '@/domain/incident/latest-updates'
import { reader } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

let database: TestDatabase
let west: string
let north: string

beforeAll(async () => {
  database = await freshDatabase()
  const carrier = async (slug: string) =>
    (await reader('every-carrier').carrier.create({ data: { slug, name: slug } })).id
  ;[west, north] = [await carrier('west'), await carrier('north')]
  const incident = (slug: string, status: 'draft' | 'monitoring', carrierId: string, startedAt: string) =>
    reader('every-carrier').incident.create({
      data: {
        slug,
        titleEn: slug,
        titleFr: `${slug} (fr)`,
        status,
        startedAt: new Date(startedAt),
        carriers: { create: { carrierId } },
        updates: {
          create: [
            {
              number: 1,
              status: 'investigating',
              bodyEn: 'first',
              bodyFr: 'd’abord',
              publishedAt: new Date('2009-10-10T12:00:00Z'),
            },
            {
              number: 2,
              status: 'monitoring',
              bodyEn: '**second**',
              bodyFr: 'ensuite',
              publishedAt: new Date('2009-10-12T12:00:00Z'),
            },
            {
              number: 3,
              status: 'resolved',
              bodyEn: 'later',
              bodyFr: 'plus tard',
              publishedAt: new Date('2009-10-20T12:00:00Z'),
            },
            {
              number: 4,
              status: 'investigating',
              bodyEn: 'entered afterwards',
              bodyFr: 'entré après coup',
              publishedAt: new Date('2009-10-11T12:00:00Z'),
              backfilled: true,
            },
          ],
        },
        promises: {
          create: [
            {
              kind: 'next_update',
              madeBy: 1,
              madeAt: new Date('2009-10-10T12:00:00Z'),
              dueAt: new Date('2009-10-30T12:00:00Z'),
              status: 'kept',
            },
            {
              kind: 'next_update',
              madeBy: 2,
              madeAt: new Date('2009-10-12T12:00:00Z'),
              dueAt: new Date('2009-10-14T12:00:00Z'),
              status: slug === 'old' ? 'missed' : 'pending',
            },
            {
              kind: 'other',
              madeBy: 2,
              madeAt: new Date('2009-10-12T12:00:00Z'),
              dueAt: new Date('2009-10-25T12:00:00Z'),
            },
          ],
        },
      },
    })
  await incident('old', 'monitoring', west, '2009-10-01T00:00:00Z')
  await incident('new', 'monitoring', north, '2009-10-02T00:00:00Z')
  await incident('kept-back', 'draft', west, '2009-10-03T00:00:00Z')
})
afterAll(async () => {
  await closeDatabase()
  await database.drop()
})

it('says what was said last of each public incident, newest first, and nothing of drafts or of the future', async () => {
  const said = await latestUpdates(null, new Date('2009-10-13T00:00:00Z'))
  expect(said.map(({ incident, html, overdue }) => [incident.slug, html.en, overdue])).toEqual([
    ['new', '<p><strong>second</strong></p>', false],
    ['old', '<p><strong>second</strong></p>', false],
  ])
})

it('admits that a promised update is late', async () => {
  const [one] = await latestUpdates(west, new Date('2009-10-15T00:00:00Z'))
  expect(one).toMatchObject({
    overdue: true,
    nextUpdateBy: new Date('2009-10-14T12:00:00Z'),
    html: { fr: '<p>ensuite</p>' },
    incident: { slug: 'old' },
  })
})

it('promises nothing once the promise was kept, be it late', async () => {
  await reader('every-carrier').publicPromise.updateMany({
    where: { kind: 'next_update', status: { not: 'kept' } },
    data: { status: 'missed', keptLateAt: new Date('2009-10-15T12:00:00Z') },
  })
  const said = await latestUpdates(null, new Date('2009-10-16T00:00:00Z'))
  expect(said.map(({ nextUpdateBy, overdue }) => [nextUpdateBy, overdue])).toEqual([
    [null, false],
    [null, false],
  ])
})
