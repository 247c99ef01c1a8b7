/** How things stand, always told by shape, colour and a word together. */
export type Standing = 'ok' | 'busy' | 'wait' | 'you' | 'bad' | 'gone'

const mark = {
  fill: 'none',
  stroke: 'var(--on-status)',
  strokeWidth: 2.4,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

/** Drawn on 24 by 24, in the colour of the text around and, upon it, `--on-status`. */
export const standingShapes: Record<Standing, React.ReactNode> = {
  ok: (
    <>
      <circle cx="12" cy="12" r="11" fill="currentColor" />
      <path d="M7 12.5l3.4 3.4L17 9" {...mark} />
    </>
  ),
  busy: (
    <>
      <circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" strokeWidth="2.5" opacity=".3" />
      <path d="M12 2.5a9.5 9.5 0 0 1 0 19" fill="none" stroke="currentColor" strokeWidth="3" />
    </>
  ),
  wait: <circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" strokeWidth="2.5" />,
  you: (
    <>
      <path
        d="M12 2.5L22.5 21h-21z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path d="M12 9v5.5M12 17.6v.4" {...mark} />
    </>
  ),
  bad: (
    <>
      <path d="M8 1.5h8L22.5 8v8L16 22.5H8L1.5 16V8z" fill="currentColor" />
      <path d="M8.5 8.5l7 7m0-7l-7 7" {...mark} />
    </>
  ),
  gone: (
    <>
      <rect x="2" y="2" width="20" height="20" rx="4" fill="currentColor" />
      <path d="M7 12h10" {...mark} />
    </>
  ),
}

/** The house, on 28 by 28. */
export const houseShape = (
  <>
    <path
      d="M3 13.2L14 4l11 9.2V24a1.6 1.6 0 0 1-1.6 1.6H4.6A1.6 1.6 0 0 1 3 24z"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinejoin="round"
    />
    <path
      d="M9 17h9m-3.6-3.6L18 17l-3.6 3.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </>
)
