import { problem } from '@/app/_shell/problem'

/** Programs that ask for what is not here are told so in their own form (RFC 9457), not by a page. */
const answer = (): Response => problem(404, 'not-found', 'There is nothing at this address.')

export { answer as GET, answer as POST }
