/**
 * Live progress across processes. Messages carry the request's id only; who is told reads PostgreSQL again.
 * Nothing depends on it: where a message is lost, progress shows a few seconds later.
 */
export interface Live {
  /** Says that something about the request changed. Returns at once, coalesces bursts and never throws. */
  changed(requestId: string): void
  /**
   * Calls `onChange` whenever something about the request may have changed, and every few seconds besides.
   * Resolves to what ends the subscription, also where the messages' carrier is down.
   */
  subscribe(requestId: string, onChange: () => void): Promise<() => Promise<void>>
}
