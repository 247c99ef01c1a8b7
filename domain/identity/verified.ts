import { badInput, type Refusal } from '@/domain/errors'
import { PasskeyUnverified } from '@/domain/identity/passkey-ceremony'

/** Most characters an answer has: some thousand where the device encloses certificates. */
export const longestAnswer = 64 * 1024

export const passkeyRefused = (detail: string): Refusal => badInput('answer', 'passkey-refused', detail)

/** Turns what a ceremony could not verify into a refusal; what broke stays broken. */
export async function verified<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PasskeyUnverified) throw passkeyRefused(error.message)
    throw error
  }
}
