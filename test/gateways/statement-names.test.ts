import { expect, it } from 'vitest'
import { statementNames } from '@/gateways/statement-names'

const ask = (name: ReturnType<typeof statementNames>, sql: string, times = 3) =>
  Array.from({ length: times }, () => name({ sql }))

it('names what is asked for the third time, each text by one name', () => {
  const name = statementNames()
  const [, , first] = ask(name, 'SELECT 1')
  const [, , second] = ask(name, 'SELECT 2')
  expect(ask(name, 'SELECT 3', 2)).toEqual(['', ''])
  expect([first, second, ...ask(name, 'SELECT 1', 2)]).toEqual(['homeward_1', 'homeward_2', 'homeward_1', 'homeward_1'])
})

it('names no change, no list as long as a book, and never more than a connection keeps', () => {
  const name = statementNames()
  expect(ask(name, 'UPDATE subscribers SET name = $1', 5)).toEqual(Array(5).fill(''))
  expect(ask(name, `SELECT ${'1,'.repeat(3_000)}1`, 5)).toEqual(Array(5).fill(''))
  const given = new Set(Array.from({ length: 500 }, (_, i) => ask(name, `SELECT ${i}`).at(-1)))
  expect(given.size).toBe(201)
})

it('forgets what was asked once, not what was asked often', () => {
  const name = statementNames()
  const [, , often] = ask(name, 'SELECT 1')
  for (let i = 2; i < 5_000; i++) name({ sql: `SELECT ${i}` })
  expect([name({ sql: 'SELECT 1' }), name({ sql: 'SELECT 4999' })]).toEqual([often, ''])
})
