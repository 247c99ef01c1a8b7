import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { routePolicies } from '@/app/_shell/routes'
import { policy } from '@/domain/policy-table'

const app = path.join(process.cwd(), 'app')
const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .map(file => file.split(path.sep).join('/'))
  .filter(file => /\.tsx?$/.test(file) && !/(^|\/)_/.test(file))

/** "(status)/[language]/page.tsx" is reached at "/[language]". */
const addressOf = (file: string): string =>
  `/${file
    .split('/')
    .slice(0, -1)
    .filter(part => !/^\(.*\)$/.test(part))
    .join('/')}`

const routes = files
  .filter(file => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
  .map(file => ({ file, address: addressOf(file), text: readFileSync(path.join(app, file), 'utf8') }))

const escaped = (text: string): string => text.replaceAll(/[[\].()*+?^$|\\{}]/g, '\\$&')

/** Answer about the installation itself or hand over to next-auth: they ask nobody who they are. */
const bare = new Set([
  '/healthz',
  '/readyz',
  '/api/auth/[...nextauth]',
  // Whoever has the token may; a provider's signature; a script.
  '/unsubscribe/[token]',
  '/api/receipts/sms',
  '/push-worker.js',
  '/api/[...rest]',
  '/tmf-api/[...rest]',
  '/security.txt',
])

describe('the table of routes', () => {
  it('has a row for every page and route handler, and none for what is not there', () => {
    expect(routes.map(({ address }) => address).sort()).toEqual(Object.keys(routePolicies).sort())
  })

  it('names verbs of the policy table', () => {
    for (const verb of Object.values(routePolicies))
      expect(verb === 'public' || verb === 'signed-in' || verb in policy, verb).toBe(true)
  })

  it.each(routes.filter(({ address }) => !bare.has(address)))(
    '$address asks it before anything else',
    ({ file, address, text }) => {
      const wrapper = file.endsWith('page.tsx') ? 'page' : '(formAction|dataRoute|machineRoute)'
      expect(text).toMatch(
        new RegExp(
          `export (default|const (GET|POST|{ GET, POST, PATCH, DELETE, OPTIONS }) =) ${wrapper}\\(\\s*'${escaped(address)}'`,
        ),
      )
      expect(text.match(/^export /gm)?.length, 'a route has one way in').toBe(1)
    },
  )

  it('takes forms only: there is no server action beside it', () => {
    for (const file of files) expect(readFileSync(path.join(app, file), 'utf8'), file).not.toMatch(/['"]use server['"]/)
  })
})
