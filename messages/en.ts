import { account } from '@/messages/en/account'
import { admin } from '@/messages/en/admin'
import { after } from '@/messages/en/after'
import { atHand } from '@/messages/en/at-hand'
import { behalf } from '@/messages/en/behalf'
import { compensation } from '@/messages/en/compensation'
import { conversation } from '@/messages/en/conversation'
import { crossings } from '@/messages/en/crossings'
import { decisions } from '@/messages/en/decisions'
import { devices } from '@/messages/en/devices'
import { figures } from '@/messages/en/figures'
import { identity } from '@/messages/en/identity'
import { incidents } from '@/messages/en/incidents'
import { joined } from '@/messages/en/joined'
import { looks } from '@/messages/en/looks'
import { mailIn } from '@/messages/en/mail-in'
import { mass } from '@/messages/en/mass'
import { notices } from '@/messages/en/notices'
import { ownIncident } from '@/messages/en/own-incident'
import { passkeys } from '@/messages/en/passkeys'
import { queue } from '@/messages/en/queue'
import { reasons } from '@/messages/en/reasons'
import { refusals } from '@/messages/en/refusals'
import { requests } from '@/messages/en/requests'
import { restore } from '@/messages/en/restore'
import { retention } from '@/messages/en/retention'
import { rules } from '@/messages/en/rules'
import { service } from '@/messages/en/service'
import { shell } from '@/messages/en/shell'
import { signIn } from '@/messages/en/sign-in'
import { status } from '@/messages/en/status'
import { statusPage } from '@/messages/en/status-page'
import { subscribe } from '@/messages/en/subscribe'
import { support } from '@/messages/en/support'
import { tokens } from '@/messages/en/tokens'

/** Every sentence people read in English, by the part of the portal that says it. French has the same keys. */
export const en = {
  account,
  admin,
  behalf,
  after,
  compensation,
  conversation,
  atHand,
  crossings,
  decisions,
  devices,
  figures,
  identity,
  joined,
  looks,
  mailIn,
  mass,
  notices,
  ownIncident,
  incidents,
  passkeys,
  queue,
  reasons,
  refusals,
  requests,
  restore,
  rules,
  service,
  shell,
  signIn,
  status,
  statusPage,
  subscribe,
  support,
  retention,
  tokens,
} as const
