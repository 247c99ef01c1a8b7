import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer } from '@/bin/commands/answer'
import { bundleJson } from '@/domain/evidence/bundle-form'
import { parseRoot, rootText, signRoot } from '@/domain/evidence/root-file'
import { sealBundle } from '@/domain/evidence/seal-bundle'
import { verifyBundle } from '@/domain/evidence/verify-bundle'
import { ed25519Signer } from '@/formats/signature/ed25519'
import { bagInMemory, type Files, ledgerInMemory } from '@/test/domain/evidence/bag-in-memory'
import { type EvidenceWorld, evidenceWorld, filesOf, secretsOfPeople } from '@/test/domain/evidence/evidence-world'

const noInstallation = () => Promise.reject(new Error('It needs no installation.'))
const verifyOffline = async (...args: string[]) => {
  const { line, exitCode } = await answer(['evidence', 'verify', ...args], noInstallation)
  return { document: JSON.parse(line), exitCode }
}
const judged = (files: Files, keys?: string[]) => verifyBundle(bagInMemory(files), ledgerInMemory(), { keys })

let at: EvidenceWorld
let folder: string
let publicKey: string
beforeAll(async () => {
  at = await evidenceWorld()
  folder = path.join(at.world.folder, 'evidence')
  const { document, exitCode } = await at.homeward('evidence', 'export', '--subscriber', at.accountId, '--to', folder)
  expect(document).toMatchObject({ folder, root: 1 })
  expect(exitCode).toBe(0)
  publicKey = String(document.publicKey)
})
afterAll(() => at?.world.end())

const parts = () => {
  const part = (name: string) => JSON.parse(filesOf(folder).get(`data/${name}.json`)!.toString('utf8'))
  return {
    said: part('said'),
    shown: part('shown'),
    found: part('found'),
    pushed: part('pushed'),
    chains: part('chains'),
  }
}

describe('a bundle', () => {
  it('is valid without an installation, every chain proved that stood under the root', async () => {
    for (const words of [[folder], [folder, '--key', publicKey]]) {
      const { document, exitCode } = await verifyOffline(...words)
      expect(document).toMatchObject({ valid: true, faults: [], publicKey, unproved: [], root: { number: 1 } })
      expect(document.proved).toBe(document.chains)
      expect(exitCode).toBe(0)
    }
  })

  it('says what was said, shown, found and pushed', () => {
    const { said, shown, found, pushed, chains } = parts()
    expect(said.incidents[0].statements.map((one: { bodyEn: string }) => one.bodyEn)).toEqual([
      'We look for the cause.',
      'We know the cause.',
    ])
    const mails = said.mails.map((one: { template: string }) => one.template)
    expect(mails).toEqual(expect.arrayContaining(['filed', 'approved', 'finished']))
    expect(shown.advice).toMatchObject([{ place: 'page', doEn: ['Charge it.'] }])
    expect(found.holdings).toMatchObject([{ batch: 'first', category: 'contacts', complete: 1, expected: null }])
    expect(found.holdings[0].sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(pushed.requests).toMatchObject([{ id: at.requestId, status: 'done' }])
    expect(pushed.requests[0].runs[0].outcomes).toMatchObject([
      { category: 'contacts', outcome: 'created', verified: true },
    ])
    const request = chains.find((one: { subject: string }) => one.subject === `request:${at.requestId}`)
    expect(request.events.map((one: { kind: string }) => one.kind)).toContain('request.finished')
    const own = chains.find((one: { subject: string }) => one.subject === `subscriber:${at.subscriberId}`)
    expect(own.events.at(-1).kind).toBe('evidence.asked')
  })

  it('holds no record, nobody else, no secret and no place', () => {
    const all = [...filesOf(folder).values()].map(bytes => bytes.toString('utf8')).join('\n')
    for (const word of [...secretsOfPeople, at.world.folder, 'NEIGHBOUR']) expect(all).not.toContain(word)
  })

  it('is never written into a folder that holds something, and leaves nothing where it fails', async () => {
    const before = filesOf(folder)
    const twice = await at.homeward('evidence', 'export', '--subscriber', at.accountId, '--to', folder)
    expect(twice).toMatchObject({ exitCode: 1, document: { title: 'The input cannot be used', field: 'to' } })
    expect(filesOf(folder)).toEqual(before)
    const file = path.join(at.world.folder, 'a-file')
    writeFileSync(file, 'mine')
    for (const to of [file, path.join(file, 'below')])
      expect((await at.homeward('evidence', 'export', '--subscriber', at.accountId, '--to', to)).exitCode).toBe(1)
    const empty = path.join(at.world.folder, 'empty')
    mkdirSync(empty)
    expect((await at.homeward('evidence', 'export', '--subscriber', at.accountId, '--to', empty)).exitCode).toBe(0)
    expect((await verifyOffline(empty)).exitCode).toBe(0)
    expect(readdirSync(at.world.folder).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  it('is written for nobody who is not there', async () => {
    const to = path.join(at.world.folder, 'nobody')
    expect(await at.homeward('evidence', 'export', '--subscriber', 'NOBODY', '--to', to)).toMatchObject({
      exitCode: 1,
      document: { title: 'Not found' },
    })
    expect(existsSync(to)).toBe(false)
  })
})

describe('a bundle that was spoiled', () => {
  it('is not valid with a file less, a file more, or a file cut', async () => {
    const whole = filesOf(folder)
    for (const [name, bytes] of whole) {
      const less = new Map(whole)
      less.delete(name)
      expect((await judged(less)).valid, name).toBe(false)
      expect((await judged(new Map(whole).set(name, bytes.subarray(0, -1)))).valid, name).toBe(false)
      expect((await judged(new Map(whole).set(name, Buffer.concat([bytes, Buffer.from(' ')])))).valid, name).toBe(false)
    }
    for (const name of ['data/more.json', 'more.txt', 'signature.json.bak'])
      expect((await judged(new Map(whole).set(name, Buffer.from('more')))).valid, name).toBe(false)
  })

  it('is not valid for who knows the key, where another one signed', async () => {
    const whole = filesOf(folder)
    const forger = ed25519Signer(Buffer.alloc(32, 7))
    const signature = { ...JSON.parse(whole.get('signature.json')!.toString()), publicKey: forger.publicKey }
    signature.signature = forger.sign(whole.get('tagmanifest-sha256.txt')!)
    const forged = new Map(whole).set('signature.json', Buffer.from(`${JSON.stringify(signature, null, 1)}\n`))
    expect((await judged(forged)).faults.map(one => one.code)).toEqual(['two-keys'])
    expect((await judged(forged, [forger.publicKey, publicKey])).valid).toBe(true)
    const { valid, faults } = await judged(forged, [publicKey])
    expect(valid).toBe(false)
    expect(faults.map(one => one.code)).toEqual(['unknown-key'])
  })

  it('is told from one that somebody else signed, root and all, by the root that was published', async () => {
    const { root, about, signer, advice } = await judged(filesOf(folder))
    expect({ root: root?.publicKey, about, signer }).toMatchObject({
      root: publicKey,
      about: { id: at.subscriberId, accountId: at.accountId, installation: 'https://homeward.example' },
      signer: 'not-compared',
    })
    expect(advice).toContain('--key')
    const kept = path.join(at.world.folder, 'kept.json')
    writeFileSync(kept, filesOf(folder).get('data/root.json')!)
    const compared = await verifyOffline(folder, '--root', kept)
    expect(compared).toMatchObject({ exitCode: 0, document: { valid: true, signer: 'known', advice: null } })
    const forger = ed25519Signer(Buffer.alloc(32, 7))
    const { publicKey: _, signature: __, ...statement } = parseRoot(readFileSync(kept, 'utf8'))!
    writeFileSync(kept, rootText(signRoot({ ...statement, number: 2 }, { ...forger, publicKeys: [] })))
    const other = await verifyOffline(folder, '--root', kept)
    expect(other.exitCode).toBe(1)
    const codes = other.document.faults.map((one: { code: string }) => one.code)
    expect(codes.sort()).toEqual(['other-root', 'unknown-key', 'unknown-key'])
  })

  it('is not valid with a link, a pipe or an empty folder in it, or a link in the place of a file', async () => {
    const copy = path.join(at.world.folder, 'copy')
    const spoiled: Record<string, () => void> = {
      'more.json': () => symlinkSync('/etc/passwd', path.join(copy, 'more.json')),
      'data/deeper': () => symlinkSync(folder, path.join(copy, 'data/deeper')),
      'data/empty/': () => mkdirSync(path.join(copy, 'data/empty')),
      pipe: () => execFileSync('mkfifo', [path.join(copy, 'pipe')]),
      'data/said.json': () => {
        rmSync(path.join(copy, 'data/said.json'))
        symlinkSync(path.join(folder, 'data/said.json'), path.join(copy, 'data/said.json'))
      },
    }
    for (const [name, spoil] of Object.entries(spoiled)) {
      cpSync(folder, copy, { recursive: true })
      expect((await verifyOffline(copy)).exitCode).toBe(0)
      spoil()
      const { document, exitCode } = await verifyOffline(copy)
      expect(exitCode, name).toBe(1)
      expect(document.faults).toContainEqual(expect.objectContaining({ code: 'unexpected-file', where: name }))
      rmSync(copy, { recursive: true })
    }
  })

  it('is not valid where the chain of whom it names is another’s', async () => {
    const files = filesOf(folder)
    const about = { ...JSON.parse(files.get('data/subscriber.json')!.toString()), id: at.requestId }
    const payload = [...files]
      .filter(([name]) => name.startsWith('data/'))
      .map(([name, bytes]) => {
        const isAbout = name === 'data/subscriber.json'
        return { path: name.slice('data/'.length), bytes: isAbout ? bundleJson(about) : bytes }
      })
    const { signer } = at.world.open.services
    const swapped = sealBundle(signer, payload, `subscriber:${at.requestId}`, new Date())
    const { faults } = await judged(new Map(swapped.map(one => [one.path, one.bytes])), [publicKey])
    expect(faults.map(one => one.code)).toEqual(['not-theirs'])
  })

  it('is told from no bundle at all, and from wrong words', async () => {
    expect((await verifyOffline(path.join(at.world.folder, 'nowhere'))).exitCode).toBe(1)
    expect(await verifyOffline(at.world.folder)).toMatchObject({ exitCode: 1, document: { valid: false } })
    expect((await verifyOffline()).exitCode).toBe(2)
    expect((await verifyOffline(folder, '--key', 'x')).exitCode).toBe(2)
  })
})

describe('audit verify', () => {
  const audit = (...args: string[]) => at.homeward('audit', 'verify', ...args)

  it('says that nothing was changed, also against what an auditor kept', async () => {
    expect(await audit()).toMatchObject({ exitCode: 0, document: { whole: true, first: null, publishedRoots: 1 } })
    const file = path.join(folder, 'data/root.json')
    expect(await audit('--root', file)).toMatchObject({ exitCode: 0, document: { whole: true } })
  })

  it('takes no file for a root that is none', async () => {
    expect((await audit('--root', path.join(folder, 'data/said.json'))).exitCode).toBe(1)
    expect((await audit('--root', path.join(folder, 'nothing.json'))).exitCode).toBe(1)
    expect((await audit('more')).exitCode).toBe(2)
  })
})
