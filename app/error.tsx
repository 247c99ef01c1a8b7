'use client'

import { useEffect, useState } from 'react'
import { failureWords } from '@/messages/failure'
import { isLanguage } from '@/messages/language'

/** Shown where a page could not be made. Its sentences come along with it, because nothing else may work. */
export default function Failure() {
  const [language, setLanguage] = useState<'en' | 'fr'>('en')
  const [here, setHere] = useState('/')
  useEffect(() => {
    setHere(window.location.href)
    const spoken = document.documentElement.lang
    if (isLanguage(spoken)) setLanguage(spoken)
  }, [])
  const words = failureWords[language]
  return (
    <main id="main" tabIndex={-1} className="mx-auto grid w-full max-w-flow grow content-start gap-4 px-4 pt-8 pb-16">
      <title>{`${words.title} – Homeward`}</title>
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <p className="flex flex-wrap gap-x-6 gap-y-2">
        <a href={here}>{words.again}</a>
        <a href={`/${language}`}>{words.status}</a>
      </p>
    </main>
  )
}
