import { redirect } from 'next/navigation'
import { readFlash } from '@/app/_shell/flash'
import type { Fields } from '@/app/_shell/read-fields'
import { Refusal } from '@/domain/errors'

/** What was entered into the form before, to be checked or sent once more; null where it is not kept any more. */
export async function keptValues(
  id: string | undefined,
): Promise<{ fields: Fields; values: Record<string, string[]> } | null> {
  const flash = await readFlash(id)
  if (flash === null || flash.errors.length > 0) return null
  const pairs = Object.entries(flash.values).map(([name, list]) => [name, list.length === 1 ? list[0]! : list] as const)
  return { fields: Object.fromEntries(pairs), values: flash.values }
}

/** What was looked at may be refused by now, when a time has passed or somebody else spoke: back to the form then. */
export async function unlessRefused<T>(form: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof Refusal) redirect(form)
    throw error
  }
}
