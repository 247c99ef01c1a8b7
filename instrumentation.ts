/** Runs once when the portal's process starts (Next's convention). */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { noteAnswers } = await import('@/app/_shell/answer-status')
  noteAnswers()
}
