import { randomUUID } from 'node:crypto'
import { transaction } from '@/domain/transaction'
import { countLinked, findLink, listLinkChoices } from '@/domain/triage/find-linked'
import { linkTicket } from '@/domain/triage/link-ticket'
import { advanceMassAct } from '@/domain/triage/mass/advance-mass-act'
import { beginMassAct } from '@/domain/triage/mass/begin-mass-act'
import { draftAct, draftReply, draftUndo } from '@/domain/triage/mass/draft-mass-act'
import { findMassAct, listMassActs } from '@/domain/triage/mass/find-mass-acts'
import { previewMassAct } from '@/domain/triage/mass/preview-mass-act'
import { stopMassAct } from '@/domain/triage/mass/stop-mass-act'
import type { Wording } from '@/domain/triage/mass/wording'
import { unlinkTicket } from '@/domain/triage/unlink-ticket'
import { findUpdateTexts } from '@/domain/triage/update-texts'
import { owners } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { House, VerbWorld } from '@/test/matrix/verb-world'

const wording: Wording = ({ name, carrier, reference }) => {
  return { name: name ?? '', reference, category: '', carrier, kind: '', date: '' }
}

/** An incident of a carrier that is over, with its wave of contacts. */
export async function overOf({ carrierId }: { carrierId: string }): Promise<string> {
  const titles = { titleEn: 'Contacts are missing', titleFr: 'Des contacts manquent' }
  return transaction('every-carrier', async tx => {
    const data = { ...titles, slug: `m-${randomUUID()}`, status: 'resolved', startedAt: new Date() } as const
    const { id: incidentId } = await tx.incident.create({ data })
    await tx.incidentCarrier.create({ data: { incidentId, carrierId } })
    await tx.wave.create({ data: { incidentId, category: 'contacts' } })
    return incidentId
  })
}

/** Something done to many, in some state; a draft has one ticket to be done to. */
export async function massActOf(
  { carrierId, ticketId }: { carrierId: string; ticketId?: string },
  status: 'draft' | 'running' | 'done' = 'draft',
  kind: 'reply' | 'tag' = 'reply',
): Promise<string> {
  const at = new Date()
  const incidentId = await overOf({ carrierId })
  const asked = { askedBy: randomUUID(), askingKey: randomUUID(), draftedAt: at }
  const begun = status === 'draft' ? {} : { begunAt: at, ...(status === 'done' ? { endedAt: at } : {}) }
  const what = kind === 'reply' ? { act: 'reply' } : { act: 'tag', tag: 'many' }
  const said = { textEn: 'We look into it.', textFr: 'Nous regardons.' }
  return transaction('every-carrier', async tx => {
    if (ticketId !== undefined) await tx.ticket.update({ where: { id: ticketId }, data: { incidentId } })
    const data = { carrierId, kind, what, ...said, incidentId, ...asked, ...begun, status }
    return (await tx.massAct.create({ data })).id
  })
}

const ticketIn = async (world: VerbWorld, { carrierId }: House): Promise<string> => {
  const owner = owners.find(one => world.places[one].carrierId === carrierId)!
  const { subscriberId } = world.places[owner]
  const words = {
    kind: 'other',
    subject: 'Where is it?',
    reference: `HW-${randomUUID()}`,
    waitsSince: new Date(),
  } as const
  return (await transaction('every-carrier', tx => tx.ticket.create({ data: { carrierId, subscriberId, ...words } })))
    .id
}

/** Under the house's incident id. */
const made =
  (status: 'draft' | 'running' | 'done', kind: 'reply' | 'tag' = 'reply') =>
  async (world: VerbWorld, house: House): Promise<House> => {
    const about = status === 'draft' ? { ...house, ticketId: await ticketIn(world, house) } : house
    return { ...house, incidentId: await massActOf(about, status, kind) }
  }
const over = async (_: VerbWorld, house: House): Promise<House> => ({ ...house, incidentId: await overOf(house) })

/** A ticket under the house's batch-like id: its own, with an incident that it may be of. */
const linkable = async (world: VerbWorld, house: House): Promise<House> => ({
  ...house,
  incidentId: `${await ticketIn(world, house)} ${await overOf(house)}`,
})
const split = (pair: string) => {
  const [ticketId = pair, incidentId = pair] = pair.split(' ')
  return { ticketId, incidentId }
}

/** Tickets of incidents, and what is done to many. */
export const massCalls: Calls = {
  'triage/link-ticket.ts linkTicket': {
    verb: 'ticket.link',
    about: 'carrier',
    changes: true,
    prepare: linkable,
    call: (_, actor, { incidentId }) => linkTicket(actor, split(incidentId)),
  },
  'triage/unlink-ticket.ts unlinkTicket': {
    verb: 'ticket.link',
    about: 'carrier',
    changes: true,
    prepare: linkable,
    call: (_, actor, { incidentId }) => unlinkTicket(actor, split(incidentId)),
  },
  'triage/find-linked.ts findLink': {
    verb: 'ticket.history',
    about: 'carrier',
    // What it finds is made for it.
    changes: true,
    prepare: linkable,
    call: (_, actor, { incidentId }) => findLink(actor, split(incidentId).ticketId),
  },
  'triage/find-linked.ts listLinkChoices': {
    verb: 'mass.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listLinkChoices(actor),
  },
  'triage/find-linked.ts countLinked': {
    verb: 'mass.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => countLinked(actor, randomUUID()),
  },
  'triage/mass/draft-mass-act.ts draftReply': {
    verb: 'mass.reply',
    about: 'carrier',
    changes: true,
    prepare: over,
    call: (_, actor, { incidentId }) =>
      draftReply(actor, {
        whose: { incidentId, waveCategory: null },
        ...{ textEn: 'Soon.', textFr: 'Bientôt.', askingKey: randomUUID() },
      }),
  },
  'triage/mass/draft-mass-act.ts draftAct': {
    verb: 'mass.act',
    about: 'carrier',
    changes: true,
    ofNobody: 'yes',
    call: (_, actor, { carrierId }) =>
      draftAct(actor, {
        ...{ whose: { filter: { carrier: carrierId } }, what: { act: 'tag', tag: 'many' } },
        askingKey: randomUUID(),
      }),
  },
  'triage/mass/draft-mass-act.ts draftUndo': {
    verb: 'mass.act',
    about: 'carrier',
    changes: true,
    prepare: made('done', 'tag'),
    call: (_, actor, { incidentId: massActId }) => draftUndo(actor, { massActId, askingKey: randomUUID() }),
  },
  'triage/update-texts.ts findUpdateTexts': {
    about: 'own list',
    verb: 'mass.read',
    tells: false,
    call: (_, actor) => findUpdateTexts(actor, { incidentId: randomUUID(), category: null }),
  },
  'triage/mass/preview-mass-act.ts previewMassAct': {
    verb: 'mass.reply',
    about: 'carrier',
    changes: true,
    prepare: made('draft'),
    call: (_, actor, { incidentId: massActId }) => previewMassAct(actor, { massActId }, wording),
  },
  'triage/mass/begin-mass-act.ts beginMassAct': {
    verb: 'mass.reply',
    about: 'carrier',
    changes: true,
    needsProof: true,
    prepare: made('draft'),
    call: (_, actor, { incidentId: massActId }) => beginMassAct(actor, { massActId, shown: 9, reason: 'All wait.' }),
  },
  'triage/mass/stop-mass-act.ts stopMassAct': {
    verb: 'mass.reply',
    about: 'carrier',
    changes: true,
    prepare: made('running'),
    call: (_, actor, { incidentId: massActId }) => stopMassAct(actor, { massActId }),
  },
  'triage/mass/find-mass-acts.ts findMassAct': {
    verb: 'mass.read',
    about: 'carrier',
    changes: true,
    prepare: made('running'),
    call: (_, actor, { incidentId: massActId }) => findMassAct(actor, massActId),
  },
  'triage/mass/find-mass-acts.ts listMassActs': {
    verb: 'mass.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listMassActs(actor),
  },
  'triage/mass/advance-mass-act.ts advanceMassAct': {
    verb: 'mass.advance',
    about: 'all',
    call: (_, actor) => advanceMassAct(actor, { massActId: randomUUID() }, wording, () => false),
  },
}
