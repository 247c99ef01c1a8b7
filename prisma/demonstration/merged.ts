import { randomUUID } from 'node:crypto'
import type { Actor } from '@/domain/actor'
import { mergeTicket } from '@/domain/triage/merge-ticket'
import { noteTicket } from '@/domain/triage/note-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { unmergeTicket } from '@/domain/triage/unmerge-ticket'
import { crowd } from '@/prisma/demonstration/crowd-people'
import type { CarrierSlug } from '@/prisma/demonstration/people'
import type { Language } from '@/prisma/generated/enums'

const hour = 3_600_000

interface Said {
  subject: string
  text: string
}

/** The same asked twice, as two tickets. */
const asked: Record<Language, { first: Said; again: Said; noted: string }[]> = {
  en: [
    {
      first: {
        subject: 'Are my notes among it?',
        text: 'I wrote all recipes of my grandmother into the notes. Are they among what was found?',
      },
      again: { subject: 'The recipes again', text: 'I forgot to say: they were in a folder of their own, “Kitchen”.' },
      noted: 'Wrote from the web site first, then by mail from the telephone.',
    },
    {
      first: {
        subject: 'New number, same account',
        text: 'I have a new telephone number since the outage. Do you still reach me?',
      },
      again: {
        subject: 'Which number do you have of me?',
        text: 'A text message went to my old number. The new one is in my account.',
      },
      noted: 'Asked twice within the hour, once from the shop.',
    },
  ],
  fr: [
    {
      first: {
        subject: 'Mes notes sont-elles dedans ?',
        text: 'J’avais noté toutes les recettes de ma grand-mère. Sont-elles parmi ce qui a été retrouvé ?',
      },
      again: {
        subject: 'Encore les recettes',
        text: 'J’oubliais : elles étaient dans un dossier à part, « Cuisine ».',
      },
      noted: 'A écrit d’abord sur le site, puis par courriel depuis le téléphone.',
    },
    {
      first: {
        subject: 'Nouveau numéro, même compte',
        text: 'J’ai un nouveau numéro depuis la panne. Pouvez-vous encore me joindre ?',
      },
      again: {
        subject: 'Quel numéro avez-vous ?',
        text: 'Un message est parti vers mon ancien numéro. Le nouveau est dans mon compte.',
      },
      noted: 'A demandé deux fois dans l’heure, dont une en boutique.',
    },
  ],
}

type Agents = Record<CarrierSlug, Actor & { carrierId: string | null }>

/** Some ask the same twice, and their tickets are one now; of the last it was a mistake, and both stand by themselves again. */
export async function tellMerged(
  { ids, told }: { ids: ReadonlyMap<string, string>; told: Date },
  agents: Agents,
): Promise<void> {
  // Of the last, who file no restore: nothing else is open of them.
  const some = (['harbor', 'boreal'] as const).flatMap(carrier =>
    crowd.filter(one => one.carrier === carrier && one.language === (carrier === 'harbor' ? 'en' : 'fr')).slice(-4),
  )
  for (const [i, person] of some.entries()) {
    const agent = agents[person.carrier]
    const { language } = person
    const { first, again, noted } = asked[language][i % 2]!
    const subscriberId = ids.get(person.id)!
    const themselves: Actor = { role: 'subscriber', subscriberId, carrierId: agent.carrierId!, provedAt: null }
    const ask = async (said: Said, hours: number): Promise<string> => {
      const wish = { subscriberId, kind: 'other', language, openingKey: randomUUID(), ...said } as const
      const at = new Date(told.getTime() - hours * hour)
      return (await openQuestion(themselves, wish, at)).id
    }
    const intoId = await ask(first, 30 - i)
    const ticketId = await ask(again, 29.3 - i)
    const soon = (hours: number) => new Date(told.getTime() - (19 - i - hours) * hour)
    await noteTicket(agent, { ticketId, text: noted, language, entryKey: randomUUID() }, soon(0.5))
    await mergeTicket(agent, { ticketId, intoId }, soon(1))
    if (i === some.length - 1) await unmergeTicket(agent, { ticketId }, soon(2))
  }
}
