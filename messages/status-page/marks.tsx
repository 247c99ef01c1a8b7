import { type Standing, standingShapes } from '@/messages/marks'
import type { Phase } from '@/messages/status-page/view'

/** Each shape once a page; uses of it are a few bytes. */
export function MarkShapes() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="sr">
      <defs>
        {Object.entries(standingShapes).map(([name, shape]) => (
          <symbol key={name} id={`m-${name}`} viewBox="0 0 24 24">
            {shape}
          </symbol>
        ))}
      </defs>
    </svg>
  )
}

export function MarkIcon({ mark }: { mark: Standing }) {
  return (
    <svg aria-hidden="true">
      <use href={`#m-${mark}`} />
    </svg>
  )
}

export function Tag({ mark, children }: { mark: Standing; children: React.ReactNode }) {
  return (
    <span className={`tag ${mark}`}>
      <MarkIcon mark={mark} />
      {children}
    </span>
  )
}

export const phaseMarks: Record<Phase, Standing> = {
  investigating: 'you',
  identified: 'you',
  monitoring: 'busy',
  resolved: 'ok',
  postmortem: 'ok',
  scheduled: 'wait',
  in_progress: 'busy',
  verifying: 'busy',
  completed: 'ok',
}

export const componentMarks = {
  operational: 'ok',
  degraded_performance: 'you',
  partial_outage: 'you',
  major_outage: 'bad',
  under_maintenance: 'busy',
} as const satisfies Record<string, Standing>

export const waveMarks = {
  not_scheduled: 'wait',
  validating: 'wait',
  scheduled: 'wait',
  releasing: 'busy',
  released: 'ok',
  paused: 'you',
  not_recoverable: 'gone',
} as const satisfies Record<string, Standing>

export const standingMarks = {
  'all-well': 'ok',
  maintenance: 'busy',
  minor: 'you',
  major: 'you',
  critical: 'bad',
} as const satisfies Record<string, Standing>

export const promiseMarks = { pending: 'wait', kept: 'ok', missed: 'bad' } as const satisfies Record<string, Standing>
