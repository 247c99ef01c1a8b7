import { z } from 'zod'

/** What is signed in a bundle: by its digests, every other file. */
export const signedFile = 'tagmanifest-sha256.txt'
export const signatureFile = 'signature.json'
/** Below data/. */
export const subscriberFile = 'subscriber.json'
export const chainsFile = 'chains.json'
export const rootFile = 'root.json'

export const signatureForm = z.strictObject({
  format: z.literal('homeward-evidence-signature-1'),
  signs: z.literal(signedFile),
  publicKey: z.string(),
  signature: z.string(),
})

const hex = z.string().regex(/^[0-9a-f]{64}$/)

const eventForm = z.strictObject({
  id: z.string().regex(/^\d{1,19}$/),
  seq: z.int(),
  kind: z.string(),
  carrierId: z.string().nullable(),
  actorRole: z.string(),
  actorId: z.string().nullable(),
  at: z.iso.datetime({ precision: 3 }),
  data: z.string(),
  previous: hex,
  hash: hex,
})

/** One subject's chain, and where its head stood in the tree below the root. */
const chainForm = z.strictObject({
  subject: z.string(),
  events: z.array(eventForm),
  /** Null where the chain is younger than the root. `seq`: the row that was its head. */
  proof: z.strictObject({ seq: z.int(), index: z.int(), path: z.array(hex) }).nullable(),
})
export const chainsForm = z.array(chainForm)

export type BundleChain = z.infer<typeof chainForm>

/** The one form of what a bundle says, as its bytes. */
export const bundleJson = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`, 'utf8')
