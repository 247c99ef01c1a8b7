/** Runs once when the portal's process starts (Next's convention). */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  // Settings that cannot be used, a weak secret among them, stop the start: no page is ever served with them.
  if (process.env.NEXT_PHASE !== 'phase-production-build') (await import('@/app/_shell/check-settings')).checkSettings()
  const { noteAnswers } = await import('@/app/_shell/answer-status')
  noteAnswers()
}
