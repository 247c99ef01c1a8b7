import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import type { Actor } from '@/domain/actor'
import { system } from '@/domain/actor'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { askErasure } from '@/domain/retention/ask-erasure'
import { clearErased } from '@/domain/retention/clear-erased'
import { approveErasure } from '@/domain/retention/decide-erasure'
import { eraseSubscriber } from '@/domain/retention/erase-subscriber'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader } from '@/domain/transaction'
import { validateBag } from '@/formats/bagit/validate-bag'
import { accountId, type Canary, email, fillRows, mark, phone } from '@/test/domain/retention/canary'
import { RestoreWorld } from '@/test/support/restore-world'

export const dayMs = 86_400_000

const administrator = (staffId: string) => (): Actor => {
  return { role: 'administrator', staffId, carrierId: null, provedAt: new Date() }
}
export const first = administrator('0197f0a0-0000-7000-8000-000000000001')
export const second = administrator('0197f0a0-0000-7000-8000-000000000002')
export const operator = system('test')

const bound = (storage: BackupStorage): BackupStorage => ({
  batchNames: () => storage.batchNames(),
  list: prefix => storage.list(prefix),
  stat: key => storage.stat(key),
  read: (...args) => storage.read(...args),
})

const card = (name: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${name}\r\nFN:${name}\r\nTEL:+1 202 555 0101\r\nEND:VCARD\r\n`
const event = (name: string) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:${name}\r\nDTSTAMP:20091001T000000Z\r\nDTSTART:20091002T000000Z\r\nSUMMARY:${name}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`

/** A world in which one person has left a trace in everything there is, and another lives beside them. */
export class ErasureWorld {
  readonly canary!: Canary
  bystander!: string

  private constructor(readonly restores: RestoreWorld) {}

  static async begin(env: Record<string, string> = {}): Promise<ErasureWorld> {
    const world = new ErasureWorld(await RestoreWorld.begin(env))
    await world.fill()
    return world
  }

  get services() {
    return { ...this.restores.open.services, signal: new AbortController().signal }
  }

  end = () => this.restores.end()

  files(who: string): Record<string, string> {
    return {
      [`${who}/contacts.vcf`]: card(`${who} friend`),
      [`${who}/calendar.ics`]: event(`${who} birthday`),
      [`${who}/photos/${who} beach.jpg`]: `${who} picture`,
      [`${who}/stray.txt`]: `${who} stray`,
    }
  }

  bag(...names: string[]): Record<string, string> {
    const expected = ['subscriber,category,count', ...names.map(name => `${name},contacts,3`)].join('\n')
    return Object.assign({ 'expected.csv': `${expected}\n` }, ...names.map(name => this.files(name)))
  }

  private async fill(): Promise<void> {
    const { restores } = this
    const { id, carrierId } = await addSubscriber(operator, this.services.secrets, {
      carrierSlug: 'harbor',
      accountId,
      email,
      name: `${mark} name`,
      phone,
      region: `${mark} region`,
      deviceModel: `${mark} model`,
    })
    this.bystander = await restores.subscriber('beside')
    await restores.batch('first', this.bag(accountId, 'beside'))
    await restores.batch('second', this.bag(accountId, 'beside'), '2009-10-05T00:00:00Z')
    const { id: device } = await restores.vdir(id)
    const requestId = await restores.request({ subscriberId: id, accountId: device })
    await restores.run(requestId)
    Object.assign(this, { canary: { id, carrierId, requestId, accountId: device } })
    await fillRows(restores, this.canary)
    this.sendCopies()
  }

  /** As a demonstration keeps what it sent. */
  sendCopies(): void {
    const of = (name: string) => path.join(this.restores.folder, name)
    for (const folder of ['mail', 'sms']) mkdirSync(of(folder), { recursive: true })
    const mail = (to: string) =>
      `From: <no-reply@homeward.example>\r\nTo: <${to}>\r\nSubject: Hello\r\n\r\nDear ${to}\r\n`
    writeFileSync(of(`mail/${'a'.repeat(32)}.eml`), mail(email))
    writeFileSync(of(`mail/${'b'.repeat(32)}.eml`), mail('beside@people.example'))
    const text = (to: string) => JSON.stringify({ to, text: 'Hello', at: new Date().toISOString() })
    writeFileSync(of(`sms/${'a'.repeat(32)}.json`), text(phone))
    writeFileSync(of(`sms/${'b'.repeat(32)}.json`), text('+12025550199'))
  }

  /** Asked by one and agreed by another: answers its id. */
  async agreed(subscriberId = this.canary.id): Promise<string> {
    const { erasureId } = await askErasure(first(), { subscriberId })
    await approveErasure(second(), { erasureId })
    return erasureId
  }

  /** Days later, until there is nothing more to do. */
  async erase(erasureId: string, services = this.services): Promise<void> {
    let now = new Date(Date.now() + 8 * dayMs)
    for (let left = 10; left > 0; left--) {
      const { again } = await eraseSubscriber(operator, services, { erasureId }, now)
      if (again === null) return
      now = new Date(again.getTime() + 1000)
    }
    throw new Error('The erasure does not end.')
  }

  status = async (id: string) => (await reader('every-carrier').erasure.findUniqueOrThrow({ where: { id } })).status

  /** What the job does that a decided bag asks for. */
  async clear(batchId: string): Promise<void> {
    const asked = await reader('every-carrier').task.findFirst({ where: { onceKey: `clear:${batchId}` } })
    if (!asked) throw new Error('The bag asked for nothing to be taken out of it.')
    expect(await clearErased(operator, this.services, { batchId })).toEqual({ again: null })
  }

  /** Services whose n-th use of the outside is their last: from there on all of it fails. */
  mortal(last: number): { services: ErasureWorld['services']; died: () => boolean } {
    let uses = 0
    const die = () => {
      if (uses++ >= last) throw new Error('It was killed.')
    }
    const dying =
      <A extends unknown[], R>(use: (...args: A) => R) =>
      (...args: A): R => {
        die()
        return use(...args)
      }
    const { storage, bags, sealed, copies, ...rest } = this.services
    const services = {
      ...rest,
      storage: {
        ...bound(storage),
        stat: dying((key: string) => storage.stat(key)),
        read: dying((...args: Parameters<typeof storage.read>) => storage.read(...args)),
      },
      bags: {
        async begin(name: string) {
          die()
          const edit = await bags.begin(name)
          return {
            ...edit,
            write: dying(edit.write),
            commit: async (folders: readonly string[]) => {
              die()
              await edit.commit(folders)
              die()
            },
            // Whoever is killed tidies nothing away.
            abandon: async () => (uses > last ? undefined : edit.abandon()),
          }
        },
      },
      sealed: { ...sealed, remove: dying(sealed.remove) },
      copies: {
        ...copies,
        forget: async (to: Parameters<typeof copies.forget>[0]) => {
          die()
          const gone = await copies.forget(to)
          die()
          return gone
        },
      },
    }
    return { services, died: () => uses > last }
  }

  /** What a bag's own check objects to. */
  async faults(name: string): Promise<string[]> {
    const ledger = await this.services.openLedger()
    try {
      const { errors } = await validateBag(this.services.storage, name, ledger)
      return errors.map(({ code, path }) => `${code} ${path}`)
    } finally {
      await ledger.close()
    }
  }

  aside = (): string[] => readdirSync(this.restores.backup).filter(name => name.startsWith('.'))
}
