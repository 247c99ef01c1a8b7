import type { BagSurvey } from '@/formats/bagit/survey-bag'

/** What the look before this one saw. */
export interface EarlierLook {
  octets: number
  files: number
  at: Date
}

/** Why a batch is still arriving. Keys of messages. */
export type ArrivingReason = 'no-manifest' | 'short-of-oxum' | 'growing' | 'second-look'

export type Readiness = { ready: true } | { ready: false; why: ArrivingReason; lookAgainInSeconds: number }

/**
 * Whether a bag is all there, as far as a look can tell: a payload manifest, and the payload that Payload-Oxum promises.
 * Without that promise two looks must see the same, with nothing written since the first.
 */
export function readinessOf(survey: BagSurvey, earlier: EarlierLook | null, now = new Date()): Readiness {
  const notYet = (why: ArrivingReason, lookAgainInSeconds: number): Readiness => ({
    ready: false,
    why,
    lookAgainInSeconds,
  })
  if (!survey.lists.some(list => list.kind === 'payload')) return notYet('no-manifest', 60)
  const { oxum, payload, declaration, newest } = survey
  if (oxum && (payload.octets < oxum.octets || payload.files < oxum.files)) return notYet('short-of-oxum', 60)
  if (oxum && declaration.version !== null) return { ready: true }
  if (earlier === null) return notYet('second-look', 2)
  const same = earlier.octets === payload.octets && earlier.files === payload.files
  if (!same || writtenSince(newest, earlier.at, now)) return notYet('growing', 10)
  return { ready: true }
}

/** Whether the newest object is later than a look. A time that has not come yet says nothing: some clock was wrong. */
export function writtenSince(newest: Date | null, look: Date, now: Date): boolean {
  return newest !== null && newest > look && newest <= now
}
