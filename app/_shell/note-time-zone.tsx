'use client'

import { useEffect } from 'react'

/** Tells the server the reader's time zone for the pages to come; without it times are shown in UTC and say so. */
export function NoteTimeZone() {
  useEffect(() => {
    const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we serve
    document.cookie = `hw-zone=${zone};path=/;max-age=31536000;samesite=lax`
  }, [])
  return null
}
