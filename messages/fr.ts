import type { en } from '@/messages/en'
import { account } from '@/messages/fr/account'
import { admin } from '@/messages/fr/admin'
import { devices } from '@/messages/fr/devices'
import { incidents } from '@/messages/fr/incidents'
import { notices } from '@/messages/fr/notices'
import { ownIncident } from '@/messages/fr/own-incident'
import { reasons } from '@/messages/fr/reasons'
import { refusals } from '@/messages/fr/refusals'
import { requests } from '@/messages/fr/requests'
import { restore } from '@/messages/fr/restore'
import { shell } from '@/messages/fr/shell'
import { signIn } from '@/messages/fr/sign-in'
import { status } from '@/messages/fr/status'
import { statusPage } from '@/messages/fr/status-page'
import { subscribe } from '@/messages/fr/subscribe'
import { support } from '@/messages/fr/support'
import type { SameKeys } from '@/messages/same-keys'
import { typesetFrench } from '@/messages/typeset-french'

/** Every sentence people read in French. */
export const fr = typesetFrench({
  account,
  admin,
  devices,
  notices,
  ownIncident,
  incidents,
  reasons,
  refusals,
  requests,
  restore,
  shell,
  signIn,
  status,
  statusPage,
  subscribe,
  support,
} satisfies SameKeys<typeof en>)
