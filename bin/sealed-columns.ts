import { keptAnswerContext } from '@/domain/access/answer-once'
import type { SealedColumn } from '@/domain/access/reseal-rows'
import { recipientKey } from '@/domain/notification/recipient-key'
import { keyText } from '@/domain/notification/subscription-address'
import { addressContext, secretContext } from '@/domain/notification/subscription-secrets'
import { passwordContext } from '@/domain/restore/add-account'
import { locatorContext } from '@/domain/retention/locator'
import { phoneContext } from '@/domain/subscriber/add-subscriber'
import { endpointAddressContext, endpointSecretContext } from '@/domain/webhook/endpoint-contexts'
import { Channel } from '@/prisma/generated/enums'

/**
 * Every column that holds sealed secrets for longer than a quarter of an hour. test/bin/keys-rotate.test.ts holds the schema
 * against it: a column that says AES-256-GCM and is missing here fails.
 */
export const sealedColumns: SealedColumn[] = [
  { table: 'device_accounts', column: 'password', context: passwordContext },
  {
    table: 'subscribers',
    column: 'phone',
    context: phoneContext,
    index: {
      column: 'phone_index',
      digits: (secrets, phone) => secrets.blindIndex(phone.replace(/[^\d+]/g, ''), 'phone'),
    },
  },
  {
    table: 'subscriptions',
    column: 'address',
    context: addressContext,
    index: {
      column: 'address_key',
      by: 'channel',
      digits: (secrets, address, kind) => {
        const channel = Channel[kind as Channel]
        return recipientKey(secrets, channel, keyText(channel, address))
      },
    },
  },
  { table: 'subscriptions', column: 'secret', context: secretContext },
  { table: 'erasures', column: 'locator', context: locatorContext },
  { table: 'kept_answers', column: 'sealed', context: keptAnswerContext },
  { table: 'webhook_endpoints', column: 'address', context: endpointAddressContext },
  { table: 'webhook_endpoints', column: 'secret', context: endpointSecretContext },
]
