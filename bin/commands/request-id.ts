import { z } from 'zod'
import { system } from '@/domain/actor'
import { findRequestByReference } from '@/domain/restore/find-requests'

/** Requests are named by their id, or by the reference that people read out. */
export async function requestId(text: string): Promise<string> {
  if (z.uuid().safeParse(text).success) return text
  return (await findRequestByReference(system('operator'), text)).id
}
