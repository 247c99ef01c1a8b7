import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '@/bin/project-root'
import type { Actor } from '@/domain/actor'
import { transaction } from '@/domain/transaction'
import { MatrixWorld } from '@/test/matrix/matrix-world'
import setup from '@/test/support/global-setup'
import { longKnown } from '@/test/support/long-known'
import { freePort } from '@/test/support/server-process'

/** Somebody's browser: the cookie it sends and the token that the forms of its pages carry. */
export interface Visitor {
  name: string
  actor: Actor
  cookie: string | null
  token: string | null
}

export interface Answered {
  status: number
  location: string | null
  body: string
}

/**
 * The portal as it runs in production, without a demonstration, on a database of the tests' own in which everybody of the
 * matrix has signed in a moment ago.
 */
export class MatrixPortal {
  readonly visitors: Visitor[] = []
  /** Everything that it wrote of itself. */
  log = ''
  private constructor(
    readonly world: MatrixWorld,
    readonly origin: string,
    private readonly process: ChildProcess,
    private readonly stopDatabase: () => Promise<void>,
  ) {}

  /** `folder`: where the built portal is, if not here. */
  static async begin(env: Record<string, string> = {}, folder = projectRoot): Promise<MatrixPortal> {
    const stopDatabase = await setup()
    const HOMEWARD_KEY = `test:${randomBytes(32).toString('base64')}`
    const world = await MatrixWorld.begin({ HOMEWARD_KEY })
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const child = spawn(process.execPath, ['bin/portal.mjs'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        NODE_ENV: 'production',
        PATH: process.env.PATH,
        PORT: String(port),
        DATABASE_URL: process.env.DATABASE_URL,
        HOMEWARD_KEY,
        NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
        NEXTAUTH_URL: origin,
        PUBLIC_URL: origin,
        MAIL_FROM: 'Homeward <no-reply@homeward.example>',
        DATA_DIR: world.restores.folder,
        BACKUP_URL: pathToFileURL(world.restores.backup).href,
        SNAPSHOT_URL: pathToFileURL(path.join(world.restores.folder, 'snapshots')).href,
        SECURITY_CONTACT: 'mailto:security@homeward.example',
        LOG_LEVEL: 'error',
        TRUSTED_PROXIES: '127.0.0.0/8, ::1',
        ...env,
      },
    })
    const portal = new MatrixPortal(world, origin, child, stopDatabase)
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', chunk => {
        portal.log += String(chunk)
      })
    try {
      await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(() => Promise.reject(new Error(`No portal. ${portal.log}`))),
      ])
      await portal.signEverybodyIn()
      return portal
    } catch (error) {
      await portal.end()
      throw error
    }
  }

  async end(): Promise<void> {
    if (this.process.exitCode === null) {
      const ended = once(this.process, 'exit')
      this.process.kill('SIGTERM')
      await Promise.race([ended, sleep(10_000).then(() => this.process.kill('SIGKILL'))])
    }
    await this.world.end()
    await this.stopDatabase()
  }

  private async signEverybodyIn(): Promise<void> {
    for (const [name, actor] of this.world.actors) {
      if (actor.role === 'system' || actor.role === 'machine') continue
      this.visitors.push(
        actor.role === 'anonymous' ? { name, actor, cookie: null, token: null } : await this.signIn(name, actor),
      )
    }
  }

  /** A session as the sign-in leaves it: by mail link, or by passkey for whoever works here. */
  async signIn(name: string, actor: Actor, email?: string): Promise<Visitor> {
    const sessionToken = randomBytes(32).toString('hex')
    const mailbox = email ?? (await this.world.mailboxOf(actor))
    const id = await transaction('every-carrier', async tx => {
      const user = await tx.signInUser.upsert({ where: { email: mailbox }, create: { email: mailbox }, update: {} })
      const session = await tx.signInSession.create({
        data: {
          sessionToken: createHash('sha256').update(sessionToken).digest('hex'),
          userId: user.id,
          expires: new Date(Date.now() + 3_600_000),
          subscriberId: actor.role === 'subscriber' ? actor.subscriberId : null,
          provedAt: new Date(),
          provedKeySince: longKnown(),
          ...('staffId' in actor ? { staffId: actor.staffId, method: 'passkey' } : {}),
        },
      })
      return session.id
    })
    const token = this.world.services.secrets.blindIndex(id, 'form-token').slice(0, 32)
    return { name, actor, cookie: `hw-session=${sessionToken}`, token }
  }

  /** Whoever was signed in has just given the second proof, however long the matrix runs already. */
  proveAgain(): Promise<unknown> {
    return transaction('every-carrier', tx => tx.signInSession.updateMany({ data: { provedAt: new Date() } }))
  }

  get(visitor: Visitor, address: string): Promise<Answered> {
    return this.ask(visitor, address, { method: 'GET' })
  }

  /** Posts a form as a page of the portal does; `headers` and `fields` say what is otherwise. Undefined leaves one out. */
  post(
    visitor: Visitor,
    address: string,
    fields: Record<string, string | undefined> = {},
    headers: Record<string, string | undefined> = {},
  ): Promise<Answered> {
    const form = new URLSearchParams()
    for (const [field, value] of Object.entries({ token: visitor.token ?? undefined, ...fields })) {
      if (value !== undefined) form.append(field, value)
    }
    return this.ask(visitor, address, { method: 'POST', body: form }, { origin: this.origin, ...headers })
  }

  private async ask(
    { cookie }: Visitor,
    address: string,
    init: RequestInit,
    more: Record<string, string | undefined> = {},
  ): Promise<Answered> {
    // A connection that is kept may be closed by the portal in the moment in which it is used again.
    const headers = new Headers({
      'accept-language': 'en',
      connection: 'close',
      ...(cookie === null ? {} : { cookie }),
    })
    for (const [name, value] of Object.entries(more)) if (value !== undefined) headers.set(name, value)
    const answer = await fetch(`${this.origin}${address}`, {
      ...{ ...init, headers, redirect: 'manual' },
      signal: AbortSignal.timeout(60_000),
    }).catch(cause => {
      const { exitCode, signalCode } = this.process
      const state = exitCode ?? signalCode ?? 'running'
      throw new Error(`No answer to ${init.method} ${address}; the portal: ${state}. ${this.log}`, { cause })
    })
    return { status: answer.status, location: answer.headers.get('location'), body: await answer.text() }
  }
}
