import { PinnedAdvice } from '@/app/account/pinned-advice'

/** Every page of a subscriber's: what they are advised stands above it. */
export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <>
      <PinnedAdvice />
      {children}
    </>
  )
}
