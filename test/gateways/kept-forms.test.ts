import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeDatabase, database } from '@/gateways/database'
import { keepForm, readKeptForm } from '@/gateways/kept-forms'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

let rows: TestDatabase
beforeAll(async () => {
  rows = await freshDatabase()
})
afterAll(async () => {
  await closeDatabase()
  await rows.drop()
})

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000)

it('keeps bytes for a quarter of an hour, and takes away what is older', async () => {
  const id = await keepForm(Buffer.from('sealed'))
  expect(Buffer.from((await readKeptForm(id)) ?? []).toString()).toBe('sealed')
  expect(await readKeptForm(randomUUID())).toBeNull()
  await database().keptForm.update({ where: { id }, data: { createdAt: ago(800) } })
  const second = await keepForm(Buffer.from('other'))
  expect(await readKeptForm(id)).not.toBeNull()
  await database().keptForm.update({ where: { id }, data: { createdAt: ago(901) } })
  expect(await readKeptForm(id)).toBeNull()
  await keepForm(Buffer.from('third'))
  expect(await database().keptForm.count({ where: { id } })).toBe(0)
  expect(await readKeptForm(second)).not.toBeNull()
})
