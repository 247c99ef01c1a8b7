import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { type AddUpdateInput, addUpdateInput, refuseUpdate } from '@/domain/incident/add-update'
import { type OpenIncidentInput, openIncidentInput, refuseOpening } from '@/domain/incident/open-incident'
import type { Both } from '@/domain/incident/public-status'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { markdownToHtml } from '@/formats/markdown/to-html'

/** A statement as it will be read, before it is published. */
export interface StatementPreview {
  /** Safe HTML. */
  html: Both
  /** How many would be told at most: one person on several lists hears once. Null: nobody is told. */
  told: { subscribers: number; subscriptions: number } | null
}

/** What opening an incident would publish; refuses what the opening would refuse. */
export async function previewOpening(
  actor: Actor,
  input: OpenIncidentInput,
  now = new Date(),
): Promise<StatementPreview> {
  const opening = parseInput(openIncidentInput, input)
  authorizeEver(actor, 'incident.manage')
  refuseOpening(opening, now)
  const { carrierIds, components, tell } = opening
  const componentIds = components.map(({ id }) => id)
  return {
    html: htmlOf(opening),
    told: tell ? await countTold(actor, carrierIds, [...carrierIds, ...componentIds]) : null,
  }
}

/** What a statement on an incident would publish; refuses what the statement would refuse. */
export async function previewUpdate(actor: Actor, input: AddUpdateInput, now = new Date()): Promise<StatementPreview> {
  const { incidentId, version: _shown, filingKey: _key, ...update } = parseInput(addUpdateInput, input)
  authorizeEver(actor, 'incident.manage')
  const incident = await reader(actor).incident.findUnique({
    where: { id: incidentId },
    include: { carriers: true, components: true },
  })
  if (!incident) throw notFound('incident')
  await refuseUpdate(reader(actor), incident, update, now)
  const carrierIds = incident.carriers.map(({ carrierId }) => carrierId)
  const touched = incident.components.map(({ componentId }) => componentId)
  const named = (update.components ?? []).map(({ id }) => id)
  const targets = [incidentId, ...carrierIds, ...touched, ...named]
  return { html: htmlOf(update), told: update.tell ? await countTold(actor, carrierIds, targets) : null }
}

export const htmlOf = ({ bodyEn, bodyFr }: { bodyEn: string; bodyFr: string }): Both => ({
  en: markdownToHtml(bodyEn),
  fr: markdownToHtml(bodyFr),
})

async function countTold(
  actor: Actor,
  carrierIds: string[],
  targets: string[],
): Promise<NonNullable<StatementPreview['told']>> {
  const [subscribers, subscriptions] = await Promise.all([
    reader(actor).subscriber.count({ where: { carrierId: { in: carrierIds } } }),
    reader(actor).subscription.count({
      where: {
        status: 'active',
        OR: [{ everything: true }, { topics: { some: { targetId: { in: targets } } } }],
      },
    }),
  ])
  return { subscribers, subscriptions }
}
