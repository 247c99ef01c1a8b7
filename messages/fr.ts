import type { en } from '@/messages/en'
import { account } from '@/messages/fr/account'
import { admin } from '@/messages/fr/admin'
import { after } from '@/messages/fr/after'
import { atHand } from '@/messages/fr/at-hand'
import { behalf } from '@/messages/fr/behalf'
import { compensation } from '@/messages/fr/compensation'
import { conversation } from '@/messages/fr/conversation'
import { crossings } from '@/messages/fr/crossings'
import { decisions } from '@/messages/fr/decisions'
import { devices } from '@/messages/fr/devices'
import { figures } from '@/messages/fr/figures'
import { identity } from '@/messages/fr/identity'
import { incidents } from '@/messages/fr/incidents'
import { joined } from '@/messages/fr/joined'
import { looks } from '@/messages/fr/looks'
import { mailIn } from '@/messages/fr/mail-in'
import { mass } from '@/messages/fr/mass'
import { notices } from '@/messages/fr/notices'
import { ownIncident } from '@/messages/fr/own-incident'
import { passkeys } from '@/messages/fr/passkeys'
import { queue } from '@/messages/fr/queue'
import { reasons } from '@/messages/fr/reasons'
import { refusals } from '@/messages/fr/refusals'
import { requests } from '@/messages/fr/requests'
import { restore } from '@/messages/fr/restore'
import { retention } from '@/messages/fr/retention'
import { rules } from '@/messages/fr/rules'
import { service } from '@/messages/fr/service'
import { shell } from '@/messages/fr/shell'
import { signIn } from '@/messages/fr/sign-in'
import { status } from '@/messages/fr/status'
import { statusPage } from '@/messages/fr/status-page'
import { subscribe } from '@/messages/fr/subscribe'
import { support } from '@/messages/fr/support'
import { tokens } from '@/messages/fr/tokens'
import type { SameKeys } from '@/messages/same-keys'
import { typesetFrench } from '@/messages/typeset-french'

/** Every sentence people read in French. */
export const fr = typesetFrench({
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
} satisfies SameKeys<typeof en>)
