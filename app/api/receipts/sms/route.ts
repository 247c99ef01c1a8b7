import { readSmsReceipt } from '@/app/_shell/sms-receipt'
import { noteReceipt } from '@/domain/notification/note-receipt'

/** A provider says what became of a text message. What is not signed by it changes nothing. */
export async function POST(request: Request): Promise<Response> {
  const receipt = await readSmsReceipt(request)
  if (receipt === null) return new Response('This receipt is not signed as it should be.\n', { status: 403 })
  const known = await noteReceipt(receipt)
  return new Response(null, { status: known ? 204 : 404 })
}
