import { z } from 'zod'
import type { SimAnswer, SimCheck } from '@/domain/identity/sim-check'
import { CamaraHttp, type CamaraSettings, CamaraTrouble } from '@/gateways/camara-http'

// Nothing is coerced: "no", 0 and null are not false. What names an error besides (ErrorInfo) says two things.
const no = z.never().optional()
const checked = z.object({ swapped: z.boolean(), code: no, status: no })
const dated = z.object({ latestSimChange: z.iso.datetime({ offset: true }).nullable() })

export interface OpenSimCheck extends SimCheck {
  close(): Promise<void>
}

/**
 * CAMARA SIM Swap 2 (camaraproject/SimSwap): POST /check {phoneNumber, maxAge} -> {swapped}, and for a SIM that was swapped
 * POST /retrieve-date {phoneNumber} -> {latestSimChange}. Only a whole, well-formed "false" is "unchanged".
 */
export function camaraSim(settings: CamaraSettings, onTrouble: (code: string) => void): OpenSimCheck {
  const http = new CamaraHttp(settings)
  return {
    async check(phoneNumber, maxAge): Promise<SimAnswer> {
      try {
        const read = checked.safeParse(await http.post('check', { phoneNumber, maxAge }))
        if (!read.success) throw new CamaraTrouble('odd-answer')
        return read.data.swapped ? { kind: 'changed', at: await dateOf(http, phoneNumber) } : { kind: 'unchanged' }
      } catch (error) {
        const code = error instanceof CamaraTrouble ? error.code : 'our-fault'
        onTrouble(code)
        return { kind: 'unknown', reason: code }
      }
    },
    close: () => http.close(),
  }
}

/** When the SIM was swapped; null where the operator does not say. That it was is known by then. */
async function dateOf(http: CamaraHttp, phoneNumber: string): Promise<Date | null> {
  try {
    const read = dated.safeParse(await http.post('retrieve-date', { phoneNumber }))
    return read.success && read.data.latestSimChange !== null ? new Date(read.data.latestSimChange) : null
  } catch (error) {
    if (error instanceof CamaraTrouble) return null
    throw error
  }
}
