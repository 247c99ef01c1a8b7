import type { BlockList } from 'node:net'

export function trustedProxies(text?: string, publicUrl?: string): BlockList
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | string[] | undefined,
  proxies?: BlockList,
): string | null
export function networkOfAddress(address: string | null): string
