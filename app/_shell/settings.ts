import { type Environment, environment } from '@/gateways/env'

let read: Environment | undefined

/** The installation's settings, which the launcher completed and checked. */
export function settings(): Environment {
  read ??= environment()
  return read
}
