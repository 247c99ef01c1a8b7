import type { Visit } from '@/app/_shell/visit'
import { type Score, scores } from '@/domain/triage/after/rating'

const words = { 1: 'veryBadly', 2: 'badly', 3: 'neither', 4: 'well', 5: 'veryWell' } as const

/** "Well": a score in words. */
export function scoreInWords({ t }: Visit, score: number): string {
  const known: Score = scores.find(one => one === score) ?? 3
  return t(`after.rating.scores.${words[known]}`)
}
