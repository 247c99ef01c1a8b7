import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '@/bin/project-root'
import { issueToken } from '@/domain/access/issue-token'
import { scopeNames, type TokenScope } from '@/domain/access/token-scopes'
import { system } from '@/domain/actor'
import { MatrixWorld } from '@/test/matrix/matrix-world'
import { beginRequest } from '@/test/support/next-request'
import { portalSettings } from '@/test/support/portal-settings'
import { RestoreWorld } from '@/test/support/restore-world'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
type Module = Partial<Record<string, Handler>>

interface Ask {
  token?: string | null
  body?: unknown
  headers?: Record<string, string>
}

export interface Told {
  status: number
  headers: Headers
  /** Of JSON; null: there is no body. */
  json: Json
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests find out.
type Json = any

const folder = path.join(projectRoot, 'app')
const routes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => /^(?:api\/v1|tmf-api)\/.*route\.ts$/.test(file))
  .map(file => ({ file, address: `/${path.dirname(file)}` }))
  // What is written out counts more than what stands for anything.
  .sort((a, b) => a.address.split('[').length - b.address.split('[').length)

/** A program that asks the machine interfaces, whose routes run in the test's own process. */
export class MachineWorld extends MatrixWorld {
  harbor!: string
  boreal!: string
  every!: string

  static override async begin(): Promise<MachineWorld> {
    const world = new MachineWorld(await RestoreWorld.begin())
    await world.fill()
    return world
  }

  protected override async fill(): Promise<void> {
    await super.fill()
    portalSettings(this.restores.folder)
    this.harbor = await this.token('harbor')
    this.boreal = await this.token('boreal')
    this.every = await this.token(null)
  }

  async token(carrierSlug: string | null, scopes: TokenScope[] = scopeNames): Promise<string> {
    return (await issueToken(system('test'), { name: 'Program', carrierSlug, scopes, days: 30 })).text
  }

  /** Asks as `token` (harbor's unless said; null: none). */
  async ask(method: string, address: string, { token = this.harbor, body, headers = {} }: Ask = {}): Promise<Told> {
    const url = new URL(address, 'http://portal.example')
    for (const route of routes) {
      const params = match(route.address, url.pathname)
      if (params === null) continue
      const { href } = pathToFileURL(path.join(folder, route.file))
      const handler = ((await import(href)) as Module)[method]
      if (!handler) throw new Error(`${route.file} has no ${method}.`)
      const given = new Headers({
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      })
      const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
      beginRequest({ headers: given, cookies: new Map() })
      const answer = await handler(new Request(url, { method, headers: given, ...content }), {
        params: Promise.resolve(params),
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, json: text === '' ? null : JSON.parse(text) }
    }
    throw new Error(`There is no route for ${address}.`)
  }
}

function match(address: string, asked: string): Record<string, string> | null {
  const names = [...address.matchAll(/\[(\w+)\]/g)].map(([, name]) => name!)
  const found = new RegExp(`^${address.replaceAll('.', '\\.').replaceAll(/\[\w+\]/g, '([^/]+)')}$`).exec(asked)
  return found && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1]!)]))
}
