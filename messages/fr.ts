import type { en } from '@/messages/en'
import { account } from '@/messages/fr/account'
import { devices } from '@/messages/fr/devices'
import { reasons } from '@/messages/fr/reasons'
import { refusals } from '@/messages/fr/refusals'
import { restore } from '@/messages/fr/restore'
import { shell } from '@/messages/fr/shell'
import { signIn } from '@/messages/fr/sign-in'
import type { SameKeys } from '@/messages/same-keys'
import { typesetFrench } from '@/messages/typeset-french'

/** Every sentence people read in French. */
export const fr = typesetFrench({ account, devices, reasons, refusals, restore, shell, signIn } satisfies SameKeys<
  typeof en
>)
