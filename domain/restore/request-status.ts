import type { RequestStatus } from '@/prisma/generated/enums'

/** What may be done to a request, and into which state it then goes. Guards and buttons read this one table. */
export const requestActions = {
  approve: { from: ['filed'], to: 'approved' },
  decline: { from: ['filed'], to: 'declined' },
  start: { from: ['approved'], to: 'running' },
  wait: { from: ['approved', 'running', 'waiting'], to: 'waiting' },
  hold: { from: ['approved', 'running', 'waiting', 'done'], to: 'held' },
  resume: { from: ['waiting', 'held'], to: 'running' },
  // From waiting too: a try that nobody asked for again may be the one that gets through.
  finish: { from: ['running', 'waiting'], to: 'done' },
  undo: { from: ['done', 'held', 'waiting'], to: 'running' },
  // Whose records these were is being erased: what was put there stays, nothing more is.
  'cut-short': { from: ['approved', 'waiting', 'held'], to: 'done' },
  'finish-undo': { from: ['running', 'waiting'], to: 'undone' },
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
