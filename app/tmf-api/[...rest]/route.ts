import { tmfError } from '@/app/api/_catalogue/tmf-error'

const nothing = { status: 404, code: 'not-found', detail: 'There is nothing at this address.' }

/** Programs that ask for what is not here are told so in TM Forum's form, not by a page. */
const answer = (): Response => Response.json(tmfError.say(nothing), { status: 404 })

export { answer as GET, answer as POST }
