import { account } from '@/messages/en/account'
import { admin } from '@/messages/en/admin'
import { devices } from '@/messages/en/devices'
import { incidents } from '@/messages/en/incidents'
import { notices } from '@/messages/en/notices'
import { ownIncident } from '@/messages/en/own-incident'
import { reasons } from '@/messages/en/reasons'
import { refusals } from '@/messages/en/refusals'
import { requests } from '@/messages/en/requests'
import { restore } from '@/messages/en/restore'
import { shell } from '@/messages/en/shell'
import { signIn } from '@/messages/en/sign-in'
import { status } from '@/messages/en/status'
import { statusPage } from '@/messages/en/status-page'
import { subscribe } from '@/messages/en/subscribe'
import { support } from '@/messages/en/support'

/** Every sentence people read in English, by the part of the portal that says it. French has the same keys. */
export const en = {
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
} as const
