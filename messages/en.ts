import { account } from '@/messages/en/account'
import { devices } from '@/messages/en/devices'
import { reasons } from '@/messages/en/reasons'
import { refusals } from '@/messages/en/refusals'
import { restore } from '@/messages/en/restore'
import { shell } from '@/messages/en/shell'
import { signIn } from '@/messages/en/sign-in'

/** Every sentence people read in English, by the part of the portal that says it. French has the same keys. */
export const en = { account, devices, reasons, refusals, restore, shell, signIn } as const
