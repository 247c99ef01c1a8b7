import type { IncomingMessage, ServerResponse } from 'node:http'

export interface StatusSite {
  /** Settled once what is there now is loaded, or nothing is there. */
  ready: Promise<void>
  /** The generation that is answered; null before the first. */
  generation(): number | null
  /** Answers and returns true, or returns false: then the request is somebody else's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  close(): void
}

export interface ContentOptions {
  /** Bodies beyond it are read from their files when asked for (default 64 MB). */
  memoryBytes?: number
  /** Whether visitors come over https (default: PUBLIC_URL says so). */
  isHttps?: boolean
  /** Told once of a generation that cannot be read; the one before goes on. Default: a line on standard error. */
  onTrouble?: (error: Error) => void
}

export function openStatusSite(options: { root: string; contentOptions?: ContentOptions }): StatusSite
