import { passwordContext } from '@/domain/restore/add-account'
import { type Advance, advanceRun } from '@/domain/restore/advance-run'
import { reader } from '@/domain/transaction'
import { openDavAccount } from '@/gateways/device-account/dav'
import { everything, type Script, type ScriptedDav, startScriptedDav } from '@/test/faults/scripted-dav'
import { impatient } from '@/test/gateways/device-account/dav-support'
import { RestoreWorld } from '@/test/support/restore-world'

/** A subscriber with a recovered batch and a device account on a server that has the faults it is given. */
export interface Place {
  server: ScriptedDav
  subscriberId: string
  accountId: string
  /** The batch that was taken in for them. */
  batch: string
}

interface PlaceToMake {
  /** Files of the batch, named below the subscriber's folder. */
  files: Record<string, Buffer | string>
  script?: Script
  collections?: typeof everything
  /** Whether the account names a folder for photos; on another server where one is given. */
  withFiles?: boolean | ScriptedDav
}

/** A world whose accounts lie on scripted servers and whose requests are repeated without long pauses. */
export class ScriptedWorld {
  private readonly servers: ScriptedDav[] = []
  /** What was reported as a fault of ours. */
  readonly faults: unknown[] = []
  private count = 0

  private constructor(readonly world: RestoreWorld) {
    const { services } = world.open
    services.report = error => this.faults.push(error)
    const openVdir = services.openAccount
    services.openAccount = async (row, signal) => {
      if (row.kind === 'vdir') return openVdir(row, signal)
      const password = row.password === null ? null : services.secrets.openText(row.password, passwordContext(row.id))
      const { url, filesUrl, username, targets } = row
      const collections = targets as Record<string, string>
      const common = { allowedHosts: ['127.0.0.1'], retry: impatient, collections }
      return openDavAccount({ url, filesUrl, username, password, ...common, ...(signal ? { signal } : {}) })
    }
  }

  static async begin(): Promise<ScriptedWorld> {
    return new ScriptedWorld(await RestoreWorld.begin())
  }

  async end(): Promise<void> {
    await this.world.end()
    await Promise.all(this.servers.map(server => server.close()))
  }

  async place({ files, script, collections = everything, withFiles = true }: PlaceToMake): Promise<Place> {
    this.count++
    const person = `P-${this.count}`
    const batch = `batch-${this.count}`
    const subscriberId = await this.world.subscriber(person)
    await this.takeIn(batch, person, files)
    const server = await startScriptedDav(undefined, collections)
    this.servers.push(server)
    const filesServer = withFiles === true ? server : withFiles
    const filesUrl = filesServer ? `${filesServer.url}files/` : null
    const accountId = await this.world.account(subscriberId, {
      kind: 'dav',
      url: server.url,
      filesUrl,
      username: 'alice',
      password: 'old',
    })
    server.log.length = 0
    if (script) server.become(script)
    return { server, subscriberId, accountId, batch }
  }

  /** Another server, ended with the world. */
  async server(): Promise<ScriptedDav> {
    const server = await startScriptedDav()
    this.servers.push(server)
    return server
  }

  async takeIn(batch: string, person: string, files: Record<string, Buffer | string>, asOf?: string): Promise<void> {
    const named = Object.entries(files).map(([name, content]) => [`${person}/${name}`, content])
    await this.world.batch(batch, Object.fromEntries(named), asOf)
  }

  /** One slice of the newest run of a request, as a worker takes it. */
  async advance(requestId: string, signal = new AbortController().signal, sliceMs?: number): Promise<Advance> {
    const { id } = await this.run(requestId)
    return advanceRun(this.world.open.services, { runId: id, signal, ...(sliceMs === undefined ? {} : { sliceMs }) })
  }

  run(requestId: string) {
    return reader('every-carrier').run.findFirstOrThrow({
      where: { requestId },
      orderBy: { createdAt: 'desc' },
      include: { categories: true, request: { include: { account: true } } },
    })
  }

  /** How often something is said to have happened to a request. */
  happened(requestId: string, kind: string): Promise<number> {
    return reader('every-carrier').event.count({ where: { subject: `request:${requestId}`, kind } })
  }
}

/** Names and texts of what a collection holds. */
export function holds(server: ScriptedDav, path: string): Record<string, string> {
  const items = server.store.collections.get(path)?.items ?? new Map()
  return Object.fromEntries([...items].map(([name, { body }]) => [name, body.toString()]))
}

export const countIn = (server: ScriptedDav, path: string): number =>
  server.store.collections.get(path)?.items.size ?? 0

/** UIDs in a collection, each as often as it occurs, sorted. */
export function uidsIn(server: ScriptedDav, path: string): string[] {
  return Object.values(holds(server, path))
    .map(text => /^UID:(.*)\r$/m.exec(text)?.[1] ?? '')
    .sort()
}
