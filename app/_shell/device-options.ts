import { deviceCookie, readFlash, withFlash } from '@/app/_shell/flash'
import type { Query } from '@/app/_shell/page'

/** What a device is to be asked, and where to go on with its answer. */
export interface DeviceOptions {
  /** As JSON. */
  options: string
  purpose: 'sign-in' | 'prove' | 'enrol'
  /** Path to go on to. */
  next: string
}

/** Keeps the options for the page that asks the device, and answers its path. */
export function askDeviceAt(path: string, { options, purpose, next }: DeviceOptions): Promise<string> {
  const values = { options: [options], purpose: [purpose], next: [next] }
  return withFlash(path, { errors: [], values }, { long: true, cookie: deviceCookie })
}

/** The options of this page's address; null where there are none, or they were for something else. */
export async function deviceOptions(
  query: Query,
  purposes: readonly DeviceOptions['purpose'][],
): Promise<DeviceOptions | null> {
  const flash = await readFlash(query.one('form'), deviceCookie)
  const value = (name: keyof DeviceOptions) => flash?.values[name]?.[0]
  const options = value('options')
  const next = value('next') ?? ''
  const purpose = purposes.find(one => one === value('purpose'))
  return options === undefined || purpose === undefined ? null : { options, purpose, next }
}
