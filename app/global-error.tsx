'use client'

import { failureWords } from '@/messages/failure'

/** The last resort, in both languages, because it is not known which one is read. */
export default function GlobalFailure() {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto grid w-full max-w-flow content-start gap-4 px-4 pt-8 pb-16">
          <title>{`${failureWords.en.title} – Homeward`}</title>
          <h1>{failureWords.en.title}</h1>
          <p>{failureWords.en.text}</p>
          <p>
            <a href="/en">{failureWords.en.status}</a>
          </p>
          <div lang="fr" className="grid gap-4">
            <h2>{failureWords.fr.title}</h2>
            <p>{failureWords.fr.text}</p>
            <p>
              <a href="/fr">{failureWords.fr.status}</a>
            </p>
          </div>
        </main>
      </body>
    </html>
  )
}
