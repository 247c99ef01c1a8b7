'use client'

import { useEffect, useRef, useState } from 'react'

interface Words {
  go: string
  not: string
  refused: string
}

/**
 * Asks the browser for an address and sends the form with it. Where it cannot work, it says so; without scripts it
 * says so too, because nothing of it works there.
 */
export function PushButton({ publicKey, words, className }: { publicKey: string; words: Words; className: string }) {
  const [state, setState] = useState<'cannot' | 'ready' | 'busy' | 'refused'>('cannot')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if ('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window) setState('ready')
  }, [])

  async function subscribe() {
    setState('busy')
    try {
      const registration = await navigator.serviceWorker.register('/push-worker.js')
      await navigator.serviceWorker.ready
      const options = { userVisibleOnly: true, applicationServerKey: publicKey }
      const subscription = await registration.pushManager.subscribe(options)
      if (field.current === null) return
      field.current.value = JSON.stringify(subscription)
      field.current.form?.submit()
    } catch {
      // Whatever the browser calls it, it lets us show nothing: the person is told what to do.
      setState('refused')
    }
  }

  return (
    <div className="grid gap-3">
      <input ref={field} type="hidden" name="address" />
      {state === 'cannot' ? <p>{words.not}</p> : null}
      {state === 'refused' ? (
        <p role="alert" className="font-semibold text-bad">
          {words.refused}
        </p>
      ) : null}
      {state === 'cannot' ? null : (
        <div>
          <button type="button" className={className} disabled={state === 'busy'} onClick={() => void subscribe()}>
            {words.go}
          </button>
        </div>
      )}
    </div>
  )
}
