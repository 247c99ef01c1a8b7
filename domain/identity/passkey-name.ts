import { z } from 'zod'

/** What somebody calls a key of theirs. */
export const passkeyName = z
  .string({ error: 'passkey-name' })
  .trim()
  .min(1, { error: 'passkey-name' })
  .max(60, { error: 'passkey-name' })
