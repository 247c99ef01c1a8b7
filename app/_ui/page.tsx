/**
 * A page's frame: its title for the browser's tab, the way back, and its parts set apart.
 * `failed` puts "Error: " in front of the title, so that it is heard first.
 */
export function Page({
  title,
  errorPrefix,
  failed = false,
  back,
  width = 'flow',
  children,
}: {
  title: string
  errorPrefix: string
  failed?: boolean
  back?: { href: string; label: string }
  width?: 'page' | 'flow' | 'console'
  children: React.ReactNode
}) {
  const widths = { page: 'max-w-page', flow: 'max-w-flow', console: 'console max-w-console' }
  return (
    <main id="main" tabIndex={-1} className={`mx-auto w-full grow px-4 pt-8 pb-16 outline-none ${widths[width]}`}>
      <title>{`${failed ? errorPrefix : ''}${title} – Homeward`}</title>
      {back === undefined ? null : (
        <a
          href={back.href}
          className="screen-only -mt-4 mb-4 inline-flex min-h-11 items-center gap-2 text-note text-quiet no-underline hover:underline"
        >
          <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3.5">
            <path d="M10 2L4 8l6 6" className="fill-none stroke-current" strokeWidth="2" strokeLinecap="round" />
          </svg>
          {back.label}
        </a>
      )}
      <div className="grid gap-8 in-[.console]:gap-5 [&>*]:min-w-0">{children}</div>
    </main>
  )
}

/** A heading with what belongs right under it. */
export function Part({ children }: { children: React.ReactNode }) {
  return <section className="grid gap-4 [&>*]:min-w-0">{children}</section>
}
