'use client'

import { failureWords } from '@/messages/failure'

/** The last resort, in both languages, because it is not known which one is read. */
export default function GlobalFailure() {
  return (
    <html lang="en">
      <body>
        <main>
          <title>{`${failureWords.en.title} – Homeward`}</title>
          <h1>{failureWords.en.title}</h1>
          <p>{failureWords.en.text}</p>
          <div lang="fr">
            <h2>{failureWords.fr.title}</h2>
            <p>{failureWords.fr.text}</p>
          </div>
        </main>
      </body>
    </html>
  )
}
