import { randomUUID } from 'node:crypto'
import { type Actor, system } from '@/domain/actor'
import { reader } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { saveMacro } from '@/domain/triage/save-macro'

const operator = system('demonstration')

/** Texts to begin answers from, for every carrier. */
const macros = [
  {
    code: 'records-come-later',
    textEn:
      'Hello {name},\n\nThe rest of {category} has not been found yet. We look on, and write to you as soon as there is more. Nothing that you have now is lost by waiting.\n\nYour reference is {reference}.',
    textFr:
      'Bonjour {name},\n\nLe reste n’a pas encore été trouvé ({category}). Nous cherchons toujours, et nous vous écrirons dès qu’il y en aura plus. Attendre ne vous fait rien perdre.\n\nVotre référence est {reference}.',
  },
  {
    code: 'which-device',
    textEn:
      'Hello {name},\n\nOn which device do you miss {category}, and since when? Then we can look at the right place.',
    textFr:
      'Bonjour {name},\n\nSur quel appareil cela vous manque-t-il ({category}), et depuis quand ? Nous pourrons alors chercher au bon endroit.',
  },
  {
    code: 'carrier-pays',
    textEn: 'Hello {name},\n\n{carrier} decides on compensation. We have handed your case {reference} over on {date}.',
    textFr:
      'Bonjour {name},\n\n{carrier} décide du dédommagement. Nous avons transmis votre dossier {reference} le {date}.',
  },
]

/** Two questions that wait for nobody of support: one was asked back, one is closed. */
const questions = [
  {
    by: 'Theo Grant',
    kind: 'missing_records',
    subject: 'My sister’s number',
    text: 'Her number was in my phone before the outage, and it is not there now.',
    answer: 'On which device do you miss it, and since when? Then we can look at the right place.',
    after: 'wait',
  },
  {
    by: 'Owen Blake',
    kind: 'advice_loss',
    subject: 'I kept it charged',
    text: 'I kept the device on and charged, as you said, and my newest notes are gone all the same.',
    answer: 'Thank you for telling us. What was written in the last hour before the outage was never copied anywhere.',
    after: 'resolve',
  },
] as const

/** What subscribers have asked by now, and what support begins its answers with. Staff have to be there already. */
export async function tellQuestions(): Promise<void> {
  const staff = await reader('every-carrier').staff.findFirstOrThrow({ where: { email: 'lead@homeward.example' } })
  const lead: Actor = { role: 'support_lead', staffId: staff.id, carrierId: null, provedAt: null }
  for (const macro of macros) await saveMacro(lead, { carrierId: null, ...macro })
  for (const { by, answer, after, kind, subject, text } of questions) {
    const { id: subscriberId, language } = await reader('every-carrier').subscriber.findFirstOrThrow({
      where: { name: by },
    })
    const request =
      kind === 'missing_records'
        ? await reader('every-carrier').restoreRequest.findFirst({ where: { subscriberId }, include: { items: true } })
        : null
    const category = request?.items[0]?.category
    const about = request && category ? { aboutRequestId: request.id, items: [{ category, record: null }] } : {}
    const wish = { subscriberId, kind, subject, text, language, openingKey: randomUUID(), ...about }
    const { id: ticketId } = await openQuestion(operator, wish)
    await answerTicket(lead, { ticketId, text: answer, after, entryKey: randomUUID() })
  }
}
