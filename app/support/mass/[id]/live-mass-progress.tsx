'use client'

import { useEffect, useRef, useState } from 'react'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Meter } from '@/app/_ui/meter'
import { Notice } from '@/app/_ui/standing'
import { furthestOf } from '@/app/support/mass/[id]/furthest-mass'
import type { MassProgressView } from '@/app/support/mass/[id]/mass-progress'

export interface MassProgressWords {
  refresh: string
  ended: string
  /** By quarter: 25, 50, 75. */
  quarters: Record<number, string>
}

/**
 * How far an act on many has come. While it runs, it is asked again and again as long as the page is seen; without scripts there is
 * the link. Screen readers are told at the quarters and at the end only.
 */
export function LiveMassProgress({
  first,
  here,
  everyMs,
  words,
}: {
  first: MassProgressView
  /** The page's own address. */
  here: string
  everyMs: number
  words: MassProgressWords
}) {
  const [view, setView] = useState(first)
  const [said, setSaid] = useState('')
  const quarter = useRef(Math.floor(first.percent / 25))

  useEffect(() => {
    if (first.status !== 'running') return
    let ended = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (next: MassProgressView) => {
      if (next.status !== 'running') {
        ended = true
        clearTimeout(timer)
        setSaid(words.ended)
        // Once it was said, to the page as it is now: that it has begun is no news any more.
        setTimeout(() => window.location.replace(here), 600)
        return
      }
      setView(before => furthestOf(before, next))
      const reached = Math.floor(next.percent / 25)
      if (reached <= quarter.current) return
      quarter.current = reached
      setSaid(words.quarters[reached * 25] ?? '')
    }
    const ask = async () => {
      clearTimeout(timer)
      if (document.hidden || ended) return
      timer = setTimeout(ask, everyMs)
      try {
        const answer = await fetch(`${here}/progress`, { headers: { accept: 'application/json' } })
        if (answer.status === 401 || answer.status === 404) ended = true
        if (answer.ok && !ended) show((await answer.json()) as MassProgressView)
      } catch (error) {
        // Away for a moment: the next question may get through, and the page says when something last moved.
        if (!(error instanceof TypeError)) throw error
      }
    }
    const seen = () => void ask()
    timer = setTimeout(ask, everyMs)
    document.addEventListener('visibilitychange', seen)
    return () => {
      ended = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [first.status, here, everyMs, words])

  return (
    <>
      <p>{view.label}</p>
      <Meter label={view.label} parts={view.parts} />
      {view.stalled === null ? null : <Notice standing="you" title={view.stalled} />}
      <CompactFacts rows={view.facts} />
      {view.updated === null ? null : (
        <p className="num text-note text-quiet">
          {view.updated}{' '}
          <a className="screen-only inline-flex min-h-6 items-center" href={here}>
            {words.refresh}
          </a>
        </p>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  )
}
