import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { isSigned } from '@/formats/signature/ed25519'

const hex = z.string().regex(/^[0-9a-f]{64}$/)

const statementForm = z.strictObject({
  format: z.literal('homeward-chain-root-1'),
  /** Whose chains: the portal's public address. */
  installation: z.string(),
  /** Counts up from 1, one a day at most. */
  number: z.int().positive(),
  date: z.iso.date(),
  publishedAt: z.iso.datetime({ precision: 3 }),
  /** Merkle tree hash (RFC 6962 section 2.1) over the heads of all chains, in the order of their subjects' bytes. */
  root: hex,
  /** Chains, and rows in all of them. */
  heads: z.int().nonnegative(),
  events: z.int().nonnegative(),
  /** SHA-256 of the statement before; zeros in the first. */
  previous: hex,
})

const form = statementForm.extend({ publicKey: z.string(), signature: z.string() })

export type RootStatement = z.infer<typeof statementForm>
/** What is published and mailed: the statement, signed over {@link statementBytes}. */
export type RootFile = z.infer<typeof form>

export const noRootBefore = '0'.repeat(64)

/** The statement's one form as bytes: its fields in the order of the form, as JSON without spaces. */
export function statementBytes(statement: RootStatement): Buffer {
  const names = Object.keys(statementForm.shape) as (keyof RootStatement)[]
  return Buffer.from(JSON.stringify(Object.fromEntries(names.map(name => [name, statement[name]]))), 'utf8')
}

export const statementDigest = (statement: RootStatement): string =>
  createHash('sha256').update(statementBytes(statement)).digest('hex')

export const signRoot = (statement: RootStatement, signer: EvidenceSigner): RootFile => ({
  ...statement,
  publicKey: signer.publicKey,
  signature: signer.sign(statementBytes(statement)),
})

/** By the key that it names; whose that is, is another question. */
export const isRootSigned = (root: RootFile): boolean => isSigned(statementBytes(root), root)

export const rootText = (root: RootFile): string => {
  const names = Object.keys(form.shape) as (keyof RootFile)[]
  return JSON.stringify(Object.fromEntries(names.map(name => [name, root[name]])))
}

/** Null where it is no root file. Spaces around it and within do not count. */
export function parseRoot(text: string): RootFile | null {
  try {
    const parsed = form.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
