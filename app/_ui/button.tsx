const shape =
  'inline-flex min-h-12 max-w-full items-center justify-center rounded-control px-6 py-2 text-center font-semibold text-[1.125rem] leading-tight no-underline max-sm:w-full in-[.console]:min-h-9 in-[.console]:px-3.5 in-[.console]:py-1 in-[.console]:text-[0.875rem] in-[.console]:max-sm:min-h-11 in-[.console]:max-sm:w-auto'

const looks = {
  main: 'bg-accent text-accent-ink hover:bg-accent-deep hover:text-accent-ink',
  plain: 'text-accent ring-[1.5px] ring-inset ring-line-strong hover:bg-accent-tint hover:text-accent-deep',
  /** For what takes something away or says no. */
  stern: 'bg-bad text-on-status hover:brightness-90',
} as const
export type ButtonLook = keyof typeof looks

/** Names the act: "File the request", never "Submit". */
export function Button({
  look = 'main',
  name,
  value,
  formAction,
  form,
  children,
}: {
  look?: ButtonLook
  name?: string
  value?: string
  formAction?: string
  form?: string
  children: React.ReactNode
}) {
  return (
    <button
      type="submit"
      name={name}
      value={value}
      formAction={formAction}
      form={form}
      className={`screen-only ${shape} ${looks[look]}`}
    >
      {children}
    </button>
  )
}

export function LinkButton({
  href,
  look = 'main',
  children,
}: {
  href: string
  look?: ButtonLook
  children: React.ReactNode
}) {
  return (
    <a href={href} className={`screen-only ${shape} ${looks[look]}`}>
      {children}
    </a>
  )
}

/** A button that reads as a link, where the act is small: sign out, switch language, sign in as somebody. */
export function QuietButton({
  children,
  lang,
  look = 'quiet',
}: {
  children: React.ReactNode
  lang?: string
  look?: 'quiet' | 'link'
}) {
  const colours =
    look === 'link'
      ? 'text-accent underline underline-offset-3 hover:text-accent-deep'
      : 'text-quiet underline-offset-3 hover:text-ink hover:underline'
  return (
    <button type="submit" lang={lang} className={`inline-flex min-h-11 items-center text-left ${colours}`}>
      {children}
    </button>
  )
}

/** The acts of a page in one row, the main one first. */
export function Acts({ children }: { children: React.ReactNode }) {
  return <div className="screen-only flex flex-wrap items-center gap-4">{children}</div>
}
