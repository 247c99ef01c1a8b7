import { endSession, readSession, setSessionSubscriber } from '@/gateways/sign-in-store'

/** Whether the session still stands: it may have been ended elsewhere while a page stays open. */
export const sessionStands = async (sessionToken: string): Promise<boolean> =>
  (await readSession(sessionToken)) !== null

/** Says whose records the session is about; null for the person's own staff role. */
export const aboutSubscriber = (sessionId: string, subscriberId: string | null): Promise<void> =>
  setSessionSubscriber(sessionId, subscriberId)

export const signOut = (sessionId: string): Promise<void> => endSession(sessionId)
