import { refusals } from '@/messages/en/refusals'
import { shell } from '@/messages/en/shell'
import { signIn } from '@/messages/en/sign-in'

/** Every sentence people read in English, by the part of the portal that says it. French has the same keys. */
export const en = { refusals, shell, signIn } as const
