import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import type { Actor } from '@/domain/actor'
import { askOverwrite } from '@/domain/decision/ask-overwrite'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader } from '@/domain/transaction'
import { GuardWorld, type Person } from '@/test/domain/identity/guard-world'

export type Agent = Extract<Actor, { staffId: string }>
export const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })

export interface Filed {
  ada: Person
  requestId: string
  accountId: string
  /** Of the device account. */
  folder: string
}

/** Subscribers with filed requests, and support's people. */
export class DecisionWorld {
  ann!: Agent
  ben!: Agent
  /** Of another carrier. */
  cleo!: Agent

  private constructor(readonly guard: GuardWorld) {}

  static async begin(env: Record<string, string> = {}): Promise<DecisionWorld> {
    const world = new DecisionWorld(await GuardWorld.begin(env))
    world.ann = await world.guard.staff('support_agent')
    world.ben = await world.guard.staff('support_lead')
    await addCarrier({ role: 'system', name: 'test' }, { slug: 'boreal', name: 'Boreal Mobile', country: 'CA' })
    const other = { email: 'cleo@staff.example', name: 'Cleo', role: 'support_lead', carrierSlug: 'boreal' } as const
    const { id: staffId, carrierId } = await addStaff({ role: 'system', name: 'test' }, other)
    world.cleo = { role: 'support_lead', staffId, carrierId, provedAt: new Date() }
    return world
  }

  end = (): Promise<void> => this.guard.end()

  /** A filed request for what the files hold; without files for one contact. */
  async filed(files?: Record<string, Buffer | string>): Promise<Filed> {
    const ada = await this.guard.person()
    if (files === undefined) await this.guard.recovered(ada)
    else {
      const { accountId: name } = await reader('every-carrier').subscriber.findUniqueOrThrow({
        where: { id: ada.subscriberId },
      })
      const own = Object.entries(files).map(([file, content]) => [`${name}/${file}`, content] as const)
      await this.guard.restores.batch(`batch-${name}`, Object.fromEntries(own))
    }
    const { id: accountId, folder } = await this.guard.restores.vdir(ada.subscriberId)
    const requestId = await this.guard.filed(ada, accountId)
    return { ada, requestId, accountId, folder }
  }

  async asked(requestId: string, by: Agent = this.ann, now?: Date): Promise<string> {
    return (await askOverwrite(by, { requestId, reason: 'The newer ones are wrong.' }, now)).decisionId
  }

  request = (id: string) => reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id } })
  decision = (id: string) => reader('every-carrier').decision.findUniqueOrThrow({ where: { id } })

  async events(subject: string): Promise<string[]> {
    const rows = await reader('every-carrier').event.findMany({ where: { subject }, orderBy: { seq: 'asc' } })
    return rows.map(({ kind }) => kind)
  }
}

/** Every file below, by path. */
export async function contents(folder: string): Promise<Record<string, string>> {
  await mkdir(folder, { recursive: true })
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files: Record<string, string> = {}
  for (const entry of names.filter(one => one.isFile() && !one.name.startsWith('.'))) {
    const at = path.join(entry.parentPath, entry.name)
    files[path.relative(folder, at)] = await readFile(at, 'latin1')
  }
  return files
}
