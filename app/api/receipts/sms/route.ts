import { notThisWay, problem } from '@/app/_shell/problem'
import { readSmsReceipt } from '@/app/_shell/sms-receipt'
import { noteReceipt } from '@/domain/notification/note-receipt'

/** A provider says what became of a text message. What is not signed by it changes nothing; said again, it is answered the same. */
async function POST(request: Request): Promise<Response> {
  const receipt = await readSmsReceipt(request)
  if (receipt === null) return problem(403, 'bad-signature', 'This receipt is not signed as it should be.')
  const known = await noteReceipt(receipt)
  return known ? new Response(null, { status: 204 }) : problem(404, 'not-found', 'No message of ours has this id.')
}

const { GET, OPTIONS } = notThisWay('POST, OPTIONS', 'GET')

export { GET, OPTIONS, POST }
