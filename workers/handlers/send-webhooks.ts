import { sendDue } from '@/domain/webhook/send-due'
import type { Handle } from '@/workers/handler'

/** A slice at a time: an endpoint with much to be told leaves room for the others. */
const sliceMs = 20_000

/** Sends a program's endpoint what is still to be told. */
export const handle: Handle<{ endpointId: string }> = async ({ endpointId }, services) => {
  const { signal, now } = services
  const until = Date.now() + sliceMs
  const more = await sendDue(services, endpointId, () => signal.aborted || Date.now() > until)
  return more ? { again: now() } : undefined
}
