import type { Viewport } from 'next'
import { Footer, Header } from '@/app/_shell/chrome'
import { NoteTimeZone } from '@/app/_shell/note-time-zone'
import { visitOrAnybody } from '@/app/_shell/visit'
import '@/app/_ui/theme.css'

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default async function Layout({ children }: { children: React.ReactNode }) {
  const { visit, isKnown } = await visitOrAnybody()
  return (
    <html lang={visit.language}>
      <body className="flex min-h-dvh flex-col">
        <a
          href="#main"
          className="absolute -top-24 left-4 z-10 rounded-control bg-accent px-4 py-3 font-semibold text-accent-ink focus:top-2"
        >
          {visit.t('shell.skip')}
        </a>
        <Header visit={visit} isKnown={isKnown} />
        {children}
        <Footer visit={visit} />
        <NoteTimeZone />
      </body>
    </html>
  )
}
