'use client'

import { useEffect, useRef, useState } from 'react'
import { StandingIcon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/standing'
import { furthest } from '@/app/account/restores/furthest'
import type { ProgressView } from '@/app/account/restores/progress-view'

export interface ProgressLabels {
  heads: { category: string; found: string; settled: string; verified: string; state: string }
  bar: string
  refresh: string
  finished: string
  /** By quarter: 25, 50, 75. */
  quarters: Record<number, string>
}

/**
 * Progress that moves by itself: server-sent events, else asking every few seconds, else (without scripts) the Refresh
 * link. It never goes backwards, and tells screen readers at the quarters and at the end only.
 */
export function LiveProgress({
  first,
  events,
  here,
  language,
  labels,
  heading: Heading = 'h1',
}: {
  first: ProgressView
  events: string
  here: string
  language: string
  labels: ProgressLabels
  heading?: 'h1' | 'h2'
}) {
  const [view, setView] = useState(first)
  const [said, setSaid] = useState('')
  const quarter = useRef(Math.floor((first.percent ?? 0) / 25))

  useEffect(() => {
    let ended = false
    let poll: ReturnType<typeof setTimeout> | undefined
    const show = (next: ProgressView) => {
      if (ended) return
      if (next.phase !== first.phase) {
        ended = true
        setSaid(labels.finished)
        setTimeout(() => window.location.reload(), 600)
        return
      }
      setView(before => furthest(before, next))
      const reached = Math.floor((next.percent ?? 0) / 25)
      if (reached > quarter.current) {
        quarter.current = reached
        setSaid(labels.quarters[reached * 25] ?? '')
      }
    }
    const ask = async () => {
      try {
        const answer = await fetch(`${events}?once=1`, { headers: { accept: 'application/json' } })
        if (answer.ok) show((await answer.json()) as ProgressView)
        else if (answer.status === 401) window.location.reload()
      } catch (error) {
        // Away for a moment: the next question may get through, and the page says when something last moved.
        if (!(error instanceof TypeError)) throw error
      }
      if (!ended) poll = setTimeout(ask, 5_000)
    }
    if (typeof EventSource === 'undefined') {
      void ask()
      return () => {
        ended = true
        clearTimeout(poll)
      }
    }
    const source = new EventSource(events)
    source.onmessage = message => show(JSON.parse(message.data) as ProgressView)
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED || poll !== undefined) return
      poll = setTimeout(ask, 5_000)
    }
    return () => {
      ended = true
      source.close()
      clearTimeout(poll)
    }
  }, [events, first.phase, labels])

  const number = new Intl.NumberFormat(language)
  return (
    <>
      <div className="grid gap-4">
        <Heading>{view.title}</Heading>
        <p>{view.lead}</p>
        <Bar percent={view.percent} label={labels.bar} />
        <p className="num text-note text-quiet">
          {view.updated}{' '}
          <a href={here} className="screen-only inline-flex min-h-11 items-center">
            {labels.refresh}
          </a>
        </p>
        <p role="status" className="sr-only">
          {said}
        </p>
      </div>
      {view.stalled === null ? null : <Notice standing="you" title={view.stalled} />}
      <div className="overflow-x-auto rounded-card border border-line bg-card p-6 max-sm:p-4">
        <table className="w-full border-collapse">
          <thead>
            <tr className="border-line-strong border-b text-[0.9375rem] text-quiet">
              <th scope="col" className="py-2 pr-3 text-left font-semibold">
                {labels.heads.category}
              </th>
              <th scope="col" className="py-2 pr-3 text-right font-semibold">
                {labels.heads.found}
              </th>
              <th scope="col" className="py-2 pr-3 text-right font-semibold">
                {labels.heads.settled}
              </th>
              <th scope="col" className="py-2 text-right font-semibold max-sm:hidden">
                {labels.heads.verified}
              </th>
            </tr>
          </thead>
          <tbody className="num">
            {view.rows.map(row => (
              <tr key={row.key} className="border-line border-b last:border-0">
                <th scope="row" className="py-3 pr-3 text-left font-normal">
                  {row.name}
                  <span className="block text-note text-quiet">{row.state}</span>
                </th>
                <td className="py-3 pr-3 text-right align-top">{row.found}</td>
                <td className="py-3 pr-3 text-right align-top">{number.format(row.settled)}</td>
                <td className="py-3 text-right align-top max-sm:hidden">{number.format(row.verified)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Bar({ percent, label }: { percent: number | null; label: string }) {
  if (percent === null)
    return (
      <p className="flex items-center gap-2 text-busy">
        <StandingIcon standing="busy" className="size-5 motion-safe:animate-spin" />
        <span className="sr-only">{label}</span>
      </p>
    )
  return (
    <div className="flex items-center gap-3">
      <svg
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="block h-3 w-0 grow overflow-hidden rounded-md bg-gone-tint"
      >
        <rect width={`${percent}%`} height="100%" className="fill-busy" />
      </svg>
      <span className="num w-12 text-right text-note text-quiet">{percent} %</span>
    </div>
  )
}
