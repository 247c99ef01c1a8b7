import { z } from 'zod'
import {
  type BundleChain,
  bundleJson,
  chainsFile,
  chainsForm,
  rootFile,
  signatureFile,
  signatureForm,
  signedFile,
  subscriberFile,
} from '@/domain/evidence/bundle-form'
import { headLeaf } from '@/domain/evidence/chain-head'
import { ChainCheck } from '@/domain/evidence/check-chain'
import { isRootSigned, parseRoot, type RootFile, rootText } from '@/domain/evidence/root-file'
import type { BagSource } from '@/formats/bagit/bag-source'
import type { PathLedger } from '@/formats/bagit/path-ledger'
import { validateBag } from '@/formats/bagit/validate-bag'
import { isIncluded } from '@/formats/merkle/merkle-tree'
import { isSigned } from '@/formats/signature/ed25519'

export interface BundleFault {
  code: string
  /** A file of the bag, or a chain's subject. */
  where: string | null
  detail: string
}

export interface BundleVerdict {
  valid: boolean
  faults: BundleFault[]
  /** Whom it is about, as it says itself: another person's bundle is as valid as theirs. */
  about: z.infer<typeof aboutForm> | null
  /** The key that signed. */
  publicKey: string | null
  /** Whether that is a key that was known beforehand; without one, anybody may have written and signed all of it. */
  signer: 'known' | 'not-compared'
  advice: string | null
  root: Pick<RootFile, 'number' | 'date' | 'root' | 'publicKey'> | null
  chains: number
  events: number
  /** Chains whose head stands under the root, and those that are younger than it. */
  proved: number
  unproved: string[]
}

const tagFiles = ['bag-info.txt', 'bagit.txt', 'manifest-sha256.txt', signedFile, signatureFile]
const aboutForm = z.object({
  installation: z.string(),
  id: z.string(),
  accountId: z.string().optional(),
  carrier: z.string().optional(),
  erased: z.boolean().optional(),
  exportedAt: z.string(),
})
const mostOctets = 256 * 1024 * 1024
/** Somebody may name any folder: one that holds a million files is told by a few of them. */
const mostTold = 100

/**
 * Judges a bundle by itself, without an installation: the bag complete and valid, nothing beside it, the signature, every
 * event's hash, every chain, every way to the root.
 */
export async function verifyBundle(source: BagSource, ledger: PathLedger, known: Known = {}): Promise<BundleVerdict> {
  const keys = known.keys ?? (known.root ? [known.root.publicKey] : null)
  const faults: BundleFault[] = []
  const fault: Fault = (code, where, detail) => {
    faults.push({ code, where, detail })
  }
  const bag = await validateBag(source, '', ledger)
  for (const { code, path, detail } of bag.errors.slice(0, mostTold / 2)) fault(code, path, detail)
  for await (const { key } of source.list('')) {
    if (key.startsWith('data/') || tagFiles.includes(key)) continue
    fault('unexpected-file', key, 'It is no part of the bundle.')
    if (faults.length >= mostTold) break
  }
  for await (const name of known.beside ?? []) {
    fault('unexpected-file', name, 'It is no plain file of the bundle.')
    if (faults.length >= mostTold) break
  }

  const publicKey = await checkSignature(source, keys, fault)
  const rootBytes = await bytesOf(source, `data/${rootFile}`)
  const root = rootBytes && parseRoot(rootBytes.toString('utf8'))
  if (rootBytes && !(root && `${rootText(root)}\n` === rootBytes.toString('utf8') && isRootSigned(root)))
    fault('root-unreadable', `data/${rootFile}`, 'It is no signed root.')
  if (root && keys && !keys.includes(root.publicKey))
    fault('unknown-key', `data/${rootFile}`, 'The root is signed with another key than the ones given.')
  if (root && !keys && publicKey !== null && publicKey !== root.publicKey)
    fault('two-keys', signatureFile, 'The root is signed with another key. Name both with --key if both are known.')
  if (known.root && !(root && rootText(root) === rootText(known.root)))
    fault('other-root', `data/${rootFile}`, `It is not the root that was given, number ${known.root.number}.`)

  const chains = await readJson(source, `data/${chainsFile}`, chainsForm)
  if (chains === null) fault('chains-unreadable', `data/${chainsFile}`, 'The event chains cannot be read.')
  faults.push(...(chains ?? []).map(chain => chainFault(chain, root)).filter(one => one !== null))
  const about = await readAbout(source)
  if (about === null) fault('subscriber-unreadable', `data/${subscriberFile}`, 'It does not say whom it is about.')
  else if (!chains?.some(({ subject }) => subject === `subscriber:${about.id}`))
    fault('not-theirs', `data/${chainsFile}`, 'The chain of whom it is about is not among the chains.')
  const subjects = (chains ?? []).map(({ subject }) => subject)
  if (new Set(subjects).size !== subjects.length) fault('twice', null, 'A chain is there more than once.')
  const unproved = (chains ?? []).filter(({ proof }) => proof === null).map(({ subject }) => subject)
  return {
    valid: bag.valid && faults.length === 0,
    faults,
    about,
    publicKey,
    signer: keys ? 'known' : 'not-compared',
    advice: keys ? null : compareKeys,
    root: root && { number: root.number, date: root.date, root: root.root, publicKey: root.publicKey },
    chains: subjects.length,
    events: (chains ?? []).reduce((sum, { events }) => sum + events.length, 0),
    proved: subjects.length - unproved.length,
    unproved,
  }
}

/** What the verifier brings along; nothing: the bundle is judged by what it says itself. */
export interface Known {
  /** The public keys that may have signed. */
  keys?: string[] | undefined
  /** A root as it was published or mailed: the bundle's has to be this one. */
  root?: RootFile | undefined
  /** What else lies in its folder: links, and what is neither file nor folder, are in no listing. */
  beside?: AsyncIterable<string> | undefined
}

const compareKeys =
  'Nobody said whose signature it has to be: compare publicKey with that of a root that you were mailed or that is published, or name it with --key or --root.'

const turned =
  'If the installation has turned its keys since that root, a later root names the new one: give both with --key OLD,NEW.'

type Fault = (code: string, where: string | null, detail: string) => void

async function checkSignature(source: BagSource, keys: string[] | null, fault: Fault): Promise<string | null> {
  const signature = await readJson(source, signatureFile, signatureForm)
  const signed = await bytesOf(source, signedFile)
  if (!signature || !signed) {
    fault('no-signature', signatureFile, 'There is no signature that can be read.')
    return null
  }
  if (!isSigned(signed, signature)) fault('wrong-signature', signatureFile, `It is not over this ${signedFile}.`)
  if (keys && !keys.includes(signature.publicKey))
    fault('unknown-key', signatureFile, `The bundle is signed with another key than the ones given. ${turned}`)
  return signature.publicKey
}

function chainFault({ subject, events, proof }: BundleChain, root: RootFile | null): BundleFault | null {
  const fault = (code: string, detail: string): BundleFault => ({ code, where: subject, detail })
  const check = new ChainCheck()
  for (const { id, at, previous, hash, ...event } of events) {
    const bytes = { previous: Buffer.from(previous, 'hex'), hash: Buffer.from(hash, 'hex') }
    const wrong = check.next({ ...event, ...bytes, subject, at: new Date(at), id: BigInt(id) })
    if (wrong) return fault(wrong.code, `Row ${wrong.seq}: ${wrong.detail}`)
  }
  if (events.length === 0) return fault('empty-chain', 'The chain has no row.')
  if (proof === null) return null
  const head = events.find(({ seq }) => seq === proof.seq)
  const isProved =
    root !== null &&
    head !== undefined &&
    isIncluded(
      headLeaf({ subject, seq: head.seq, hash: head.hash }),
      { index: proof.index, path: proof.path.map(one => Buffer.from(one, 'hex')) },
      { root: Buffer.from(root.root, 'hex'), size: root.heads },
    )
  return isProved ? null : fault('not-under-root', 'The chain’s head does not stand under the root.')
}

/** Whom, for the eye; what else the file says is covered by its digest. */
async function readAbout(source: BagSource): Promise<z.infer<typeof aboutForm> | null> {
  const bytes = await bytesOf(source, `data/${subscriberFile}`)
  try {
    return bytes && (aboutForm.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

async function bytesOf(source: BagSource, key: string): Promise<Buffer | null> {
  const object = await source.stat(key)
  if (!object || object.size > mostOctets) return null
  const chunks: Uint8Array[] = []
  for await (const chunk of source.read(key)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Null where it is not there, of another form, or written in any other way than ours. */
async function readJson<T>(source: BagSource, key: string, form: z.ZodType<T>): Promise<T | null> {
  const bytes = await bytesOf(source, key)
  if (bytes === null) return null
  try {
    const value = form.parse(JSON.parse(bytes.toString('utf8')))
    return bundleJson(value).equals(bytes) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}
