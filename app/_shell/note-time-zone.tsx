'use client'

import { useEffect } from 'react'

/** Tells the server the reader's time zone for the pages to come; without it times are shown in UTC and say so. */
export function NoteTimeZone() {
  useEffect(() => {
    const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)
    // The name that cookie-options.ts gives it.
    const [name, more] = window.location.protocol === 'https:' ? ['__Host-hw-zone', ';secure'] : ['hw-zone', '']
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve
    document.cookie = `${name}=${zone};path=/;max-age=31536000;samesite=lax${more}`
  }, [])
  return null
}
