import { randomUUID } from 'node:crypto'
import { type Actor, system } from '@/domain/actor'
import { advanceMassAct } from '@/domain/triage/mass/advance-mass-act'
import { beginMassAct } from '@/domain/triage/mass/begin-mass-act'
import { draftAct, draftReply, draftUndo } from '@/domain/triage/mass/draft-mass-act'
import { previewMassAct } from '@/domain/triage/mass/preview-mass-act'
import { stopMassAct } from '@/domain/triage/mass/stop-mass-act'
import type { Wording } from '@/domain/triage/mass/wording'
import { macroWords } from '@/messages/macro-words'
import { actorOf } from '@/prisma/demonstration/staff-actor'

const wording: Wording = whom => macroWords(whom, 'UTC', new Date())

/** Everybody who has written, and that is more at once than one person may write to alone, the third time. */
const everybody = {}
const toEverybody = {
  textEn:
    'Hello {name},\n\nYour request {reference} is with us. The calendar comes back on Tuesday.\n\nYou need not write again: we write to you.',
  textFr:
    'Bonjour {name},\n\nVotre demande {reference} nous est bien parvenue. L’agenda revient mardi.\n\nInutile de nous récrire : nous vous écrirons.',
}
const putRight = {
  textEn:
    'Hello {name},\n\nYour request {reference} is with us. Contacts come back first; for the calendar there is no day yet.\n\nYou need not write again: we write to you.',
  textFr:
    'Bonjour {name},\n\nVotre demande {reference} nous est bien parvenue. Les contacts reviennent d’abord ; pour l’agenda, il n’y a pas encore de date.\n\nInutile de nous récrire : nous vous écrirons.',
}

/**
 * Acts on many, one in every state: done, stopped, taken back, and one that waits for a second person. Those to everybody are
 * stopped before they reach anybody: the story's own people are written to by nobody but the story.
 */
export async function tellMassActs(): Promise<void> {
  const [lead, agent] = [await actorOf('lead@homeward.example'), await actorOf('support@harbor.example')]
  const reply = (filter: object, said: typeof putRight) =>
    draftReply(lead, { whose: { filter: { ...filter } }, ...said, askingKey: randomUUID() })
  const tag = (actor: Actor, filter: object, tag: string) =>
    draftAct(actor, { whose: { filter: { ...filter } }, what: { act: 'tag', tag }, askingKey: randomUUID() })

  const missing = await reply({ kind: 'missing-records', state: ['asked'] }, missingRecords)
  await begin(lead, missing.massActId)
  await advance(missing.massActId)

  const billing = await tag(lead, { kind: 'compensation', status: 'open' }, 'for-billing')
  await begin(lead, billing.massActId)
  await advance(billing.massActId)
  const back = await draftUndo(lead, { massActId: billing.massActId, askingKey: randomUUID() })
  await begin(lead, back.massActId)
  await advance(back.massActId)

  const advice = await tag(agent, { carrier: agent.carrierId, kind: 'advice-loss', status: 'open' }, 'read-twice')
  await begin(agent, advice.massActId)
  await advance(advice.massActId, 6)
  await stopMassAct(agent, advice)

  for (const said of [toEverybody, toEverybody]) {
    const { massActId } = await reply(everybody, said)
    await begin(lead, massActId)
    await stopMassAct(lead, { massActId })
  }
  const asked = await reply(everybody, putRight)
  await begin(
    lead,
    asked.massActId,
    'Stopped twice today: the text named a day. This one was read by the incident manager.',
  )
}

const missingRecords = {
  textEn:
    'Hello {name},\n\nThe rest of {category} has not been found yet. A further copy is being read, and what it holds is added to your overview by itself.\n\nYour reference is {reference}.',
  textFr:
    'Bonjour {name},\n\nLe reste n’a pas encore été retrouvé ({category}). Une autre copie est en cours de lecture ; ce qu’elle contient s’ajoutera de lui-même à votre aperçu.\n\nVotre référence est {reference}.',
}

async function begin(actor: Actor, massActId: string, reason = ''): Promise<void> {
  const { count } = await previewMassAct(actor, { massActId }, wording)
  await beginMassAct(actor, { massActId, shown: count, reason })
}

/** As a worker would; `atMost`: it lets go after so many. */
async function advance(massActId: string, atMost = Number.POSITIVE_INFINITY): Promise<void> {
  let begun = 0
  await advanceMassAct(system('demonstration'), { massActId }, wording, () => begun++ >= atMost)
}
