import { type Standing, StandingIcon } from '@/app/_ui/icon'

const colours: Record<Standing, string> = {
  ok: 'text-ok bg-ok-tint',
  busy: 'text-busy bg-busy-tint',
  wait: 'text-quiet ring-1 ring-inset ring-line-strong',
  you: 'text-you bg-you-tint',
  bad: 'text-bad bg-bad-tint',
  gone: 'text-gone bg-gone-tint',
}

export const standingInk: Record<Standing, string> = {
  ok: 'text-ok',
  busy: 'text-busy',
  wait: 'text-quiet',
  you: 'text-you',
  bad: 'text-bad',
  gone: 'text-gone',
}

/** Shape, colour and word in one: `children` is the word. */
export function StandingTag({ standing, children }: { standing: Standing; children: React.ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 pr-3 pl-2 font-semibold text-[0.9375rem] leading-normal in-[.console]:py-0 in-[.console]:pr-2.5 in-[.console]:pl-1.5 in-[.console]:text-[0.8125rem] ${colours[standing]}`}
    >
      <StandingIcon standing={standing} />
      {children}
    </span>
  )
}

/** One thing the person must read: a coloured frame with its shape, never colour alone. */
export function Notice({
  standing,
  title,
  children,
}: {
  standing: Standing
  title?: React.ReactNode
  children?: React.ReactNode
}) {
  return (
    <div className={`keep rounded-card border-2 border-current p-4 ${colours[standing]}`}>
      <div className="flex gap-3">
        <StandingIcon standing={standing} className="mt-0.5 size-6" />
        <div className="grid min-w-0 gap-2 [overflow-wrap:anywhere]">
          {title === undefined ? null : <p className="font-semibold">{title}</p>}
          {children === undefined ? null : <div className="grid gap-2 text-ink">{children}</div>}
        </div>
      </div>
    </div>
  )
}
