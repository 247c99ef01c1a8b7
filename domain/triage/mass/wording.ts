import type { Category } from '@/domain/record/category'
import type { Tx } from '@/domain/transaction'
import { fillMacro, type MacroValues } from '@/domain/triage/macro-text'
import type { MassAct } from '@/prisma/generated/client'
import type { Language, TicketKind } from '@/prisma/generated/enums'

/** What a text's variables are filled in from. */
export interface Addressed {
  language: Language
  /** Null: not known. */
  name: string | null
  carrier: string
  reference: string
  kind: TicketKind
  categories: Category[]
}

/** The words for it, in the subscriber's language. */
export type Wording = (addressed: Addressed) => MacroValues

/** Whom a ticket's answer goes to. */
export async function addressedOf(tx: Tx, ticketId: string): Promise<Addressed> {
  const items = { select: { category: true } } as const
  const { reference, kind, subscriberId, ...row } = await tx.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    include: { items, request: { select: { items } }, about: { select: { items } } },
  })
  const { language, name, carrier } = await tx.subscriber.findUniqueOrThrow({
    where: { id: subscriberId },
    select: { language: true, name: true, carrier: { select: { name: true } } },
  })
  const named = row.items.length > 0 ? row.items : ((row.request ?? row.about)?.items ?? [])
  const categories = [...new Set(named.map(({ category }) => category))].sort()
  return { language, name, carrier: carrier.name, reference, kind, categories }
}

/** What is said to one of many; null where nothing is. */
export function saidTo(
  { textEn, textFr }: Pick<MassAct, 'textEn' | 'textFr'>,
  addressed: Addressed,
  wording: Wording,
): string | null {
  const text = addressed.language === 'fr' ? textFr : textEn
  return text === null ? null : fillMacro(text, wording(addressed))
}
