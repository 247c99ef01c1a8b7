'use client'

import { useEffect, useState } from 'react'
import { Notice } from '@/app/_ui/standing'

/** Who else looks, as it changes: asked again and again as long as the page is seen, and said politely where it changed. */
export function PresenceLine({
  first,
  asks,
  everyMs,
  words,
}: {
  first: string[]
  /** Answers {@link first} anew, and takes the question for a sign of life. */
  asks: string
  everyMs: number
  words: { text: string; gone: string }
}) {
  const [lines, setLines] = useState(first)
  const [said, setSaid] = useState('')

  useEffect(() => {
    let ended = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let shown = first.join('\n')
    const ask = async () => {
      clearTimeout(timer)
      if (document.hidden || ended) return
      timer = setTimeout(ask, everyMs)
      try {
        const answer = await fetch(asks, { headers: { accept: 'application/json' } })
        if (answer.status === 401 || answer.status === 404) ended = true
        if (!answer.ok) return
        const next = ((await answer.json()) as { lines: string[] }).lines
        if (next.join('\n') === shown) return
        shown = next.join('\n')
        setLines(next)
        setSaid(next.length === 0 ? words.gone : next.join(' '))
      } catch (error) {
        // Away for a moment: the next question may get through.
        if (!(error instanceof TypeError)) throw error
      }
    }
    // Nobody waits for this answer: where it does not get through the beat runs out by itself.
    const leave = () => void fetch(`${asks}?gone=1`, { keepalive: true }).catch(() => undefined)
    const seen = () => void ask()
    void ask()
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('pageshow', seen)
    window.addEventListener('pagehide', leave)
    return () => {
      ended = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener('pageshow', seen)
      window.removeEventListener('pagehide', leave)
    }
  }, [asks, everyMs, first, words])

  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {lines.length === 0 ? null : (
        <Notice standing="you">
          {lines.map(line => (
            <p key={line} className="font-semibold">
              {line}
            </p>
          ))}
          <p>{words.text}</p>
        </Notice>
      )}
    </>
  )
}
