/**
 * What the operator of a number says of its SIM. unknown is every answer that is not exactly one of the other two, no answer
 * at all too: it holds. `reason` is a code for logs and events, and names neither number nor person.
 */
export type SimAnswer =
  | { kind: 'unchanged' }
  | { kind: 'changed'; at: Date | null }
  | { kind: 'unknown'; reason: string }

export interface SimCheck {
  /** Whether the SIM of a number (E.164) was swapped within so many hours, 1 to 2,400. Never throws. */
  check(phoneNumber: string, withinHours: number): Promise<SimAnswer>
}
