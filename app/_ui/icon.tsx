import { houseShape, type Standing, standingShapes } from '@/messages/marks'

export type { Standing }

/** The shape alone: whoever uses it puts the word beside it. */
export function StandingIcon({ standing, className = 'size-4' }: { standing: Standing; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={`shrink-0 ${className}`}>
      {standingShapes[standing]}
    </svg>
  )
}

export function HomewardMark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" className={`shrink-0 ${className}`}>
      {houseShape}
    </svg>
  )
}
