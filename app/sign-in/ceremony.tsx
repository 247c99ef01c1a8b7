'use client'

import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { useEffect, useRef, useState } from 'react'

/** What is said while a device is asked, and what when it did not answer. */
export interface CeremonyWords {
  waiting: string
  cancelled: string
  known: string
  unsupported: string
  failed: string
}

/**
 * Within a form: asks the device when the form is sent, and sends it with the answer. Without scripts the form goes without one,
 * and the page says what is missing. `auto`: asks at once, without waiting for the button.
 */
export function Ceremony({
  kind,
  options,
  words,
  auto = false,
}: {
  kind: 'create' | 'get'
  /** As JSON. */
  options: string
  words: CeremonyWords
  auto?: boolean
}) {
  const answer = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<keyof CeremonyWords | null>(null)

  useEffect(() => {
    const field = answer.current
    const form = field?.form
    if (!field || !form) return
    const ask = async () => {
      setState('waiting')
      try {
        field.value = await askDevice(kind, options)
        form.requestSubmit()
      } catch (error) {
        setState(problemOf(error))
      }
    }
    const onSubmit = (event: SubmitEvent) => {
      if (field.value !== '') return
      event.preventDefault()
      void ask()
    }
    form.addEventListener('submit', onSubmit)
    if (auto) void ask()
    return () => form.removeEventListener('submit', onSubmit)
  }, [kind, options, auto])

  return (
    <>
      <input ref={answer} type="hidden" name="answer" />
      <p role="status" className={state === null || state === 'waiting' ? '' : 'font-semibold text-bad'}>
        {state === null ? null : words[state]}
      </p>
    </>
  )
}

async function askDevice(kind: 'create' | 'get', options: string): Promise<string> {
  if (!browserSupportsWebAuthn()) throw new Unsupported()
  const optionsJSON = JSON.parse(options)
  const given = kind === 'create' ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON })
  return JSON.stringify(await given)
}

class Unsupported extends Error {}

function problemOf(error: unknown): keyof CeremonyWords {
  if (error instanceof Unsupported) return 'unsupported'
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
  return name === 'InvalidStateError' ? 'known' : 'failed'
}
