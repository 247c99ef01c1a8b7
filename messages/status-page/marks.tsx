import type { Phase } from '@/messages/status-page/view'

/** How things stand: always a shape and a colour, with a word beside. */
export type Mark = 'ok' | 'busy' | 'wait' | 'you' | 'bad' | 'gone'

const stroke = {
  fill: 'none',
  stroke: 'var(--on)',
  strokeWidth: 2.4,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

const shapes: Record<Mark, React.ReactNode> = {
  ok: (
    <>
      <circle cx="12" cy="12" r="11" fill="currentColor" />
      <path d="M7 12.500l3.4 3.400L17 9" {...stroke} />
    </>
  ),
  busy: (
    <>
      <circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" strokeWidth="2.5" opacity=".3" />
      <path d="M12 2.500a9.5 9.5 0 0 1 0 19" fill="none" stroke="currentColor" strokeWidth="3" />
    </>
  ),
  wait: <circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" strokeWidth="2.5" />,
  you: (
    <>
      <path
        d="M12 2.500L22.5 21h-21z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path d="M12 9v5.500M12 17.600v.4" {...stroke} />
    </>
  ),
  bad: (
    <>
      <path d="M8 1.500h8L22.5 8v8L16 22.500H8L1.5 16V8z" fill="currentColor" />
      <path d="M8.5 8.500l7 7m0-7l-7 7" {...stroke} />
    </>
  ),
  gone: (
    <>
      <rect x="2" y="2" width="20" height="20" rx="4" fill="currentColor" />
      <path d="M7 12h10" {...stroke} />
    </>
  ),
}

/** Each shape once a page; uses of it are a few bytes. */
export function MarkShapes() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="sr">
      <defs>
        {Object.entries(shapes).map(([name, shape]) => (
          <symbol key={name} id={`m-${name}`} viewBox="0 0 24 24">
            {shape}
          </symbol>
        ))}
      </defs>
    </svg>
  )
}

export function MarkIcon({ mark }: { mark: Mark }) {
  return (
    <svg aria-hidden="true">
      <use href={`#m-${mark}`} />
    </svg>
  )
}

export function Tag({ mark, children }: { mark: Mark; children: React.ReactNode }) {
  return (
    <span className={`tag ${mark}`}>
      <MarkIcon mark={mark} />
      {children}
    </span>
  )
}

export const phaseMarks: Record<Phase, Mark> = {
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
} as const satisfies Record<string, Mark>

export const waveMarks = {
  not_scheduled: 'wait',
  validating: 'wait',
  scheduled: 'wait',
  releasing: 'busy',
  released: 'ok',
  paused: 'you',
  not_recoverable: 'gone',
} as const satisfies Record<string, Mark>

export const standingMarks = {
  'all-well': 'ok',
  maintenance: 'busy',
  minor: 'you',
  major: 'you',
  critical: 'bad',
} as const satisfies Record<string, Mark>

export const promiseMarks = { pending: 'wait', kept: 'ok', missed: 'bad' } as const satisfies Record<string, Mark>
