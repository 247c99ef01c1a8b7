import type { Speech } from '@/app/_shell/machine/machine-route'
import type { Problem } from '@/app/_shell/problem'

/** What went wrong as TMF630 tells it: a code for programs, a reason for people, what in particular, and the status. */
export const tmfError: Speech = {
  type: 'application/json',
  say: ({ status, code, detail, errors }: Problem) => ({
    code,
    reason: detail,
    ...(errors
      ? { message: errors.map(one => `${one.pointer ?? one.parameter ?? ''} ${one.detail}`.trim()).join('; ') }
      : {}),
    status: String(status),
    '@type': 'Error',
  }),
}
