import { settings } from '@/app/_shell/settings'

/**
 * Ends the process with one sentence where the settings cannot be used, a weak secret among them. Next would report an error
 * that is thrown here with its stack, and go on listening.
 */
export function checkSettings(): void {
  try {
    settings()
  } catch (error) {
    console.error(`The portal cannot start. ${error instanceof Error ? error.message : 'Its settings cannot be read.'}`)
    process.exit(1)
  }
}
