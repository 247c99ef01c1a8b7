import { format } from 'node:util'
import { afterEach, beforeEach } from 'vitest'

const print = console.error
let said: string[] = []

beforeEach(() => {
  said = []
  console.error = (...args: unknown[]) => {
    said.push(format(...args))
    print(...args)
  }
})

// Who expects one replaces console.error for the test (vi.spyOn), which then never reaches this.
afterEach(() => {
  console.error = print
  if (said.length > 0) throw new Error(`console.error was called unexpectedly:\n${said.join('\n')}`)
})
