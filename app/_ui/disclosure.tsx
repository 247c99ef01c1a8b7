/** What is opened when it is wanted; works without scripts. The summary reads as a button. */
export function Disclosure({
  summary,
  open = false,
  children,
}: {
  summary: React.ReactNode
  open?: boolean
  children: React.ReactNode
}) {
  return (
    <details open={open} className="group">
      <summary className="inline-flex min-h-9 list-none items-center gap-2 rounded-control px-3.5 py-1 font-semibold text-accent ring-[1.5px] ring-line-strong ring-inset hover:bg-accent-tint hover:text-accent-deep max-sm:min-h-11 [&::-webkit-details-marker]:hidden">
        <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3 group-open:rotate-90">
          <path d="M6 2l6 6-6 6" className="fill-none stroke-current" strokeWidth="2.2" strokeLinecap="round" />
        </svg>
        {summary}
      </summary>
      <div className="mt-4">{children}</div>
    </details>
  )
}
