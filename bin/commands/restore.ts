import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Command, done, needed, noneAlone, option, type Words, WrongUsage } from '@/bin/commands/command'
import { findSubscriber } from '@/bin/commands/find-subscriber'
import { system } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { categories, isCategory } from '@/domain/record/category'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import type { AskedRule } from '@/domain/restore/restore-inputs'
import { reader } from '@/domain/transaction'

const rules = new Map<string, AskedRule>([
  ['keep-both', 'keep_both'],
  ['merge', 'merge'],
  ['keep-current', 'keep_current'],
])

export const command: Command = {
  usage:
    '--subscriber ID [--carrier S] [--categories a,b] [--account ID] [--as-of T] --policy keep-both|merge|keep-current',
  needs: 'services',
  async run(words) {
    noneAlone(words)
    const rule = rules.get(needed(words, 'policy'))
    if (!rule) throw new WrongUsage('--policy is keep-both, merge or keep-current.')
    const wanted = wantedCategories(words)
    const asOf = asOfTime(words)
    const operator = system('operator')
    const subscriber = await findSubscriber(words)
    const accountId = option(words, 'account') ?? (await onlyAccount(subscriber.id))
    const holdings = await listHoldings(operator, { subscriberId: subscriber.id, ...(asOf ? { asOf } : {}) })
    const chosen = holdings.filter(one => one.newest && wanted.includes(one.category))
    if (chosen.every(one => one.complete + one.partial + one.damaged === 0)) {
      throw badInput('categories', 'nothing-recovered', 'Nothing of that was recovered for this subscriber.')
    }
    const { id } = await fileRequest(operator, {
      subscriberId: subscriber.id,
      accountId,
      holdingIds: chosen.map(one => one.id),
      rule,
      filingKey: randomUUID(),
    })
    await approveRequest(operator, { requestId: id })
    return done({ request: id })
  },
}

function wantedCategories(words: Words) {
  const list = option(words, 'categories')
  if (list === undefined) return [...categories]
  return list.split(',').map(name => {
    if (!isCategory(name)) throw new WrongUsage(`"${name}" is not a category: ${categories.join(', ')}.`)
    return name
  })
}

// Stricter than Date, which makes some time of any text that ends in a number. A day alone is its beginning in UTC.
const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()])

function asOfTime(words: Words): Date | undefined {
  const text = option(words, 'as-of')
  if (text === undefined) return undefined
  if (!time.safeParse(text).success) throw new WrongUsage('--as-of is a time as in RFC 3339: 2009-10-01T00:00:00Z.')
  return new Date(text)
}

async function onlyAccount(subscriberId: string): Promise<string> {
  const accounts = await reader('every-carrier').deviceAccount.findMany({
    where: { subscriberId, status: { not: 'removed' } },
    select: { id: true },
    take: 2,
  })
  if (accounts.length > 1)
    throw badInput('account', 'which-account', 'There are several accounts: name one with --account.')
  if (!accounts[0]) throw badInput('account', 'no-account', 'The subscriber has no device account.')
  return accounts[0].id
}
