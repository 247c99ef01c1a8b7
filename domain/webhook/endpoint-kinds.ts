import type { EventKind } from '@/domain/events'
import type { EndpointForm } from '@/prisma/generated/enums'

/** What a program can be told of a request, each as the chain of events calls it. */
export const requestKinds = [
  'request.filed',
  'request.split',
  'request.half-approved',
  'request.approved',
  'request.declined',
  'request.started',
  'request.waiting',
  'request.held',
  'request.resumed',
  'request.hold-ended',
  'request.finished',
  'request.undo-asked',
  'request.undone',
  'request.cut-short',
] as const satisfies EventKind[]

export const homewardKinds = [...requestKinds, 'ticket.created', 'ticket.changed'] as const

/** The events of TMF621 v4 that there are here. */
export const tmfKinds = [
  'TroubleTicketCreateEvent',
  'TroubleTicketAttributeValueChangeEvent',
  'TroubleTicketStatusChangeEvent',
] as const

export const kindsOf = { homeward: homewardKinds, tmf621: tmfKinds } as const satisfies Record<
  EndpointForm,
  readonly string[]
>
