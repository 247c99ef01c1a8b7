import type { RequestStatus } from '@/prisma/generated/enums'

/** What may be done to a request, and into which state it then goes. Guards and buttons read this one table. */
export const requestActions = {
  approve: { from: ['filed'], to: 'approved' },
  decline: { from: ['filed'], to: 'declined' },
  start: { from: ['approved'], to: 'running' },
  wait: { from: ['approved', 'running'], to: 'waiting' },
  hold: { from: ['running', 'done'], to: 'held' },
  resume: { from: ['waiting', 'held'], to: 'running' },
  finish: { from: ['running'], to: 'done' },
  undo: { from: ['done', 'held', 'waiting'], to: 'running' },
  'finish-undo': { from: ['running'], to: 'undone' },
} as const satisfies Record<string, { from: readonly RequestStatus[]; to: RequestStatus }>

export type RequestAction = keyof typeof requestActions

export function allows(action: RequestAction, status: RequestStatus): boolean {
  return (requestActions[action].from as readonly RequestStatus[]).includes(status)
}

/** The states in which a person still waits for us or we for them. */
export const openStatuses = [
  'filed',
  'approved',
  'running',
  'waiting',
  'held',
] as const satisfies readonly RequestStatus[]
