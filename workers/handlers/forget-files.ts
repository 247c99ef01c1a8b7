import { forgetFiles } from '@/domain/triage/keep-files'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ entryId: string }> = async ({ entryId }, { sealed }) => {
  await forgetFiles(sealed, entryId)
  return undefined
}
