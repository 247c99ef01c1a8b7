'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { keyOf, Row, targetOf } from '@/app/support/key-targets'

export interface KeyWords {
  open: string
  title: string
  lead: string
  close: string
  /** Said where a key finds nothing. */
  nothing: string
  /** Whether they are on. */
  state: string
  switch: string
  working: string
}

/**
 * Single keys for those who work here all day. What a page offers says so itself: `data-key="a"` around a button, link or field,
 * `data-row` on the link of each row. A key leads there; only what can be taken back at once is pressed by it.
 */
export function Keys({
  on,
  token,
  words,
  children,
}: {
  on: boolean
  token: string
  words: KeyWords
  /** The list of the keys. */
  children: React.ReactNode
}) {
  const overlay = useRef<HTMLDialogElement>(null)
  const around = useRef<HTMLElement>(null)
  const [said, setSaid] = useState('')

  useEffect(() => {
    // Only now do the keys, and the link to their list, act.
    if (around.current) around.current.dataset.keys = on ? 'on' : 'off'
    if (!on) return
    for (const element of document.querySelectorAll<HTMLElement>('[data-key]'))
      targetOf(element)?.setAttribute('aria-keyshortcuts', element.dataset.key ?? '')
    const arrived = /^#key-([a-z])$/.exec(window.location.hash)?.[1]
    if (arrived !== undefined) go(arrived)
    const onKey = (event: KeyboardEvent) => {
      const key = keyOf(event)
      if (key === null || overlay.current?.open) return
      if (key === '?') overlay.current?.showModal()
      else if (!go(key)) {
        setSaid('')
        // Empty first: the same words again would not be said.
        requestAnimationFrame(() => setSaid(words.nothing))
        return
      }
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [on, words.nothing])

  return (
    <aside
      ref={around}
      aria-label={words.title}
      className="console screen-only mx-auto w-full max-w-console px-4 pb-4 text-note text-quiet"
    >
      <a
        href="/support/working"
        aria-keyshortcuts={on ? '?' : undefined}
        onClick={event => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          overlay.current?.showModal()
        }}
        className="inline-flex min-h-11 items-center"
      >
        {words.open}
      </a>
      <p role="status" className="sr-only">
        {said}
      </p>
      <dialog
        ref={overlay}
        aria-labelledby="keys-title"
        className="m-auto max-h-[90dvh] w-[min(36rem,calc(100vw-2rem))] overflow-y-auto rounded-card border-2 border-line-strong bg-card p-5 text-ink backdrop:bg-ink/40"
      >
        <div className="grid gap-4">
          <div className="flex items-center justify-between gap-4">
            <h2 id="keys-title">{words.title}</h2>
            <form method="dialog">
              <Button look="plain">{words.close}</Button>
            </form>
          </div>
          <p>{words.lead}</p>
          {children}
          <p>{words.state}</p>
          <div className="flex flex-wrap items-center gap-4">
            <form action="/support/working/shortcuts" method="post">
              <input type="hidden" name="token" value={token} />
              <input type="hidden" name="on" value={on ? 'no' : 'yes'} />
              <Button look="plain">{words.switch}</Button>
            </form>
            <a href="/support/working" className="inline-flex min-h-11 items-center">
              {words.working}
            </a>
          </div>
        </div>
      </dialog>
    </aside>
  )
}

/** Goes to what answers to the key, on this page or, for a row's, on the page that the row leads to. */
function go(key: string): boolean {
  if (key === 'j' || key === 'k') return Row.step(key === 'j' ? 1 : -1)
  if (key === 'o') return Row.open()
  const holder = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
  const target = holder && targetOf(holder)
  if (!target) return /^[adhct]$/.test(key) && Row.open(`#key-${key}`)
  if (key === 'n' || key === 't') target.click()
  else {
    if (target instanceof HTMLElement && target.tagName === 'SUMMARY') openAround(target)
    else target.focus()
  }
  return true
}

/** What is folded is opened, and its first field gets the focus. */
function openAround(summary: HTMLElement): void {
  const details = summary.parentElement
  if (details instanceof HTMLDetailsElement) details.open = true
  const field = details?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select')
  ;(field ?? summary).focus()
}
