import type { en } from '@/messages/en'
import { refusals } from '@/messages/fr/refusals'
import { shell } from '@/messages/fr/shell'
import { signIn } from '@/messages/fr/sign-in'
import type { SameKeys } from '@/messages/same-keys'
import { typesetFrench } from '@/messages/typeset-french'

/** Every sentence people read in French. */
export const fr = typesetFrench({ refusals, shell, signIn } satisfies SameKeys<typeof en>)
