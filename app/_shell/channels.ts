import { type Channels, openChannels } from '@/gateways/channels'

// Not on the global object: each bundle has error classes of its own, and must be thrown those that it knows.
let opened: Channels | undefined

/** The ways to tell people beside mail, as the environment names them. */
export function channels(): Channels {
  opened ??= openChannels(process.env)
  return opened
}
