import { cookies } from 'next/headers'
import { isTimeZone } from '@/messages/dates'

/** The zone in which the reader's pages tell times: what is entered beside it is meant in it. */
export async function readerZone(): Promise<string> {
  const zone = (await cookies()).get('hw-zone')?.value ?? 'UTC'
  return isTimeZone(zone) ? zone : 'UTC'
}
