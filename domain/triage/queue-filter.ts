import { z } from 'zod'
import { badInput } from '@/domain/errors'
import { categories } from '@/domain/record/category'
import { waitReasons } from '@/domain/restore/wait-reason'
import { normalTag } from '@/domain/triage/tag'
import { ticketKinds } from '@/domain/triage/ticket-kind'
import type { Category, Language, LossCategory, TicketPriority, TicketStatus } from '@/prisma/generated/enums'

/** How a ticket stands for those who work on it: a restore as its request does, the other kinds as their conversation does. */
export const ticketStates = [
  ...(['filed', 'held', 'waiting', 'approved', 'running', 'done', 'undone', 'declined'] as const),
  ...(['asked', 'answered', 'closed'] as const),
] as const
export type TicketState = (typeof ticketStates)[number]

const losses = ['unknown', 'nothing', 'partly', 'significant'] as const satisfies readonly LossCategory[]
const priorities = ['urgent', 'high', 'normal'] as const satisfies readonly TicketPriority[]
const languages = ['en', 'fr'] as const satisfies readonly Language[]
const statuses = ['open', 'pending', 'resolved'] as const satisfies readonly TicketStatus[]

const assignees = ['me', 'nobody', 'somebody'] as const
const approvals = ['second'] as const
const escalations = ['open'] as const
/** How its targets stand: one was missed and is not met yet, the next lies ahead, or they stand still. */
const targets = ['over', 'due', 'paused'] as const

/** Hours that something may be asked to have waited for at least: up to 90 days. */
const mostHours = 2_160

/** Of each field one of its values; of several fields all of them. */
export const queueFilter = z.strictObject({
  state: z.array(z.enum(ticketStates)).min(1).max(ticketStates.length).optional(),
  status: z.enum(statuses).optional(),
  carrier: z.uuid().toLowerCase().optional(),
  kind: z.enum(ticketKinds).optional(),
  category: z.enum(categories).optional(),
  loss: z.enum(losses).optional(),
  language: z.enum(languages).optional(),
  batch: z.uuid().toLowerCase().optional(),
  hold: z.enum(Object.keys(waitReasons) as [keyof typeof waitReasons]).optional(),
  tag: z.string().transform(normalTag).pipe(z.string()).optional(),
  assignee: z.union([z.enum(assignees), z.uuid().toLowerCase()]).optional(),
  priority: z.enum(priorities).optional(),
  approval: z.enum(approvals).optional(),
  sla: z.enum(targets).optional(),
  escalation: z.enum(escalations).optional(),
  incident: z.uuid().toLowerCase().optional(),
  /** Of an incident. */
  wave: z.enum(categories).optional(),
  /** Waited so many hours at least. */
  waited: z.coerce.number().int().min(1).max(mostHours).optional(),
})
export type QueueFilter = z.output<typeof queueFilter>
export type QueueField = keyof QueueFilter
export const queueFields = Object.keys(queueFilter.shape) as QueueField[]

/** The fields that have a few values each, which are the same for everybody. */
export const filterChoices = {
  state: ticketStates,
  status: statuses,
  assignee: assignees,
  approval: approvals,
  sla: targets,
  escalation: escalations,
  wave: categories as readonly Category[],
  kind: ticketKinds,
  category: categories as readonly Category[],
  loss: losses,
  language: languages,
  hold: Object.keys(waitReasons) as (keyof typeof waitReasons)[],
  priority: priorities,
} as const

/**
 * A filter as somebody gave it. Refused at its field: one that there is not (`unknown-filter`), and a value that it never has
 * (`unknown-value`).
 */
export function readFilter(given: unknown): QueueFilter {
  const read = queueFilter.safeParse(given)
  if (read.success) return read.data
  const [issue] = read.error.issues
  if (issue?.code === 'unrecognized_keys') {
    const field = String(issue.keys[0]).slice(0, 40)
    throw badInput(field, 'unknown-filter', 'Tickets are not listed by that.')
  }
  const field = String(issue?.path[0] ?? 'filter')
  throw badInput(field, 'unknown-value', `The filter ${field} has no such value.`)
}

/** The keys of queue_keys that a field asks for one of; null where the field narrows in another way. */
export function keysOf(field: QueueField, filter: QueueFilter, staffId: string | null): string[] | null {
  const value = filter[field]
  if (value === undefined) return null
  switch (field) {
    case 'carrier':
    case 'status':
    case 'waited':
      return null
    case 'assignee':
      return [`taken:${value === 'me' ? (staffId ?? 'me') : value}`]
    default:
      return [value].flat().map(one => `${field}:${one}`)
  }
}

const standing: Record<TicketState, readonly TicketStatus[]> = {
  filed: ['open'],
  held: ['open', 'pending'],
  waiting: ['open', 'pending'],
  approved: ['open', 'pending'],
  running: ['open', 'pending'],
  done: ['open', 'resolved'],
  undone: ['open', 'resolved'],
  declined: ['open', 'resolved'],
  asked: ['open'],
  answered: ['pending'],
  closed: ['resolved'],
}

/** Among which of the three statuses a filter's tickets are. */
export function statusesOf({ status, state, assignee }: QueueFilter): readonly TicketStatus[] {
  if (status !== undefined) return [status]
  if (state !== undefined) return [...new Set(state.flatMap(one => standing[one]))]
  // Nobody has what does not wait for one of us.
  if (assignee !== undefined) return ['open']
  return statuses
}
