import type { Actor, Role } from '@/domain/actor'
import { scope } from '@/domain/policy'
import type { Category } from '@/domain/record/category'
import { type ViewReason, viewReasons } from '@/domain/record/content-view'
import { reader } from '@/domain/transaction'

/** That somebody who works here looked at what a holding's records say. */
export interface ContentViewEntry {
  id: string
  openedAt: Date
  category: Category
  reason: ViewReason
  /** In the viewer's words. */
  note: string
  by: {
    role: Role
    /** Null: the installation's own staff. */
    carrierName: string | null
    /** Told to staff only. */
    name: string | null
  }
  /** Whose records. */
  subscriber: { accountId: string; name: string | null; carrierName: string }
  /** The request it was about; null: about the person. */
  requestId: string | null
  reference: string | null
}

const perPage = 50

interface Page {
  /** After which look of the page before. */
  after?: string
}

export interface ContentViewPage {
  views: ContentViewEntry[]
  /** Null on the last page. */
  next: string | null
}

/** Every look at what people's records say, for those who watch over it; the last first. */
export function listContentViews(actor: Actor, page: Page = {}): Promise<ContentViewPage> {
  return pageOf(actor, scope(actor, 'content-view.list'), page)
}

/** Every look at what the subscriber's own records say; the last first. */
export function listOwnContentViews(actor: Actor, page: Page = {}): Promise<ContentViewPage> {
  return pageOf(actor, scope(actor, 'security.read'), page)
}

async function pageOf(actor: Actor, within: ReturnType<typeof scope>, { after }: Page): Promise<ContentViewPage> {
  if (after && (await reader(actor).contentView.count({ where: { id: after, ...within } })) === 0)
    return { views: [], next: null }
  const rows = await reader(actor).contentView.findMany({
    where: within,
    include: { subscriber: { include: { carrier: { select: { name: true } } } } },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: perPage + 1,
    ...(after ? { cursor: { id: after }, skip: 1 } : {}),
  })
  const page = rows.slice(0, perPage)
  const ids = (of: (row: (typeof page)[number]) => string | null) => [...new Set(page.flatMap(row => of(row) ?? []))]
  const [carriers, requests, staff] = await Promise.all([
    reader(actor).carrier.findMany({ where: { id: { in: ids(row => row.viewerCarrierId) } } }),
    reader(actor).restoreRequest.findMany({ where: { id: { in: ids(row => row.requestId) } } }),
    actor.role === 'subscriber'
      ? []
      : reader(actor).staff.findMany({ where: { id: { in: ids(row => row.viewerId) } } }),
  ])
  const named = (all: { id: string; name: string }[], id: string | null) => all.find(one => one.id === id)?.name ?? null
  return {
    views: page.map(({ id, openedAt, category, reason, note, subscriber, requestId, ...viewer }) => ({
      id,
      openedAt,
      category,
      reason: viewReasons.find(one => one === reason) ?? 'other',
      note,
      by: {
        role: viewer.viewerRole as Role,
        carrierName: named(carriers, viewer.viewerCarrierId),
        name: named(staff, viewer.viewerId),
      },
      subscriber: { accountId: subscriber.accountId, name: subscriber.name, carrierName: subscriber.carrier.name },
      requestId,
      reference: requests.find(one => one.id === requestId)?.reference ?? null,
    })),
    next: rows.length > perPage ? page.at(-1)!.id : null,
  }
}
