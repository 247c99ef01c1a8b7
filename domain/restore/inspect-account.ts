import type { Actor } from '@/domain/actor'
import { contentStanding } from '@/domain/content-right'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import { type Category, categories } from '@/domain/record/category'
import { refusalOf } from '@/domain/restore/add-account'
import { type Collection, type DeviceAccount, DeviceAccountError } from '@/domain/restore/device-account'
import type { RestoreOutside } from '@/domain/restore/outside'
import { recordKindOf } from '@/domain/restore/restore-category'
import { reader } from '@/domain/transaction'

/** What the account holds now in one category: how many records, and the names of a few. */
export interface AccountContents {
  category: Category
  place: string | null
  count: number
  /** Empty where whoever looks may not see content yet: what was restored lies there too. */
  titles: string[]
  /** Why nothing of this category could be looked at just now (a refusal's code); null where it could. */
  trouble: string | null
}

const titlesShown = 5

/** Looks into the account as it is this moment, where restored records would go. Nothing is changed or kept. */
export async function inspectAccount(
  actor: Actor,
  outside: Pick<RestoreOutside, 'openAccount'>,
  input: { accountId: string },
): Promise<AccountContents[]> {
  const row = await reader(actor).deviceAccount.findUnique({ where: { id: input.accountId } })
  authorize(actor, 'account.inspect', row ?? { carrierId: null, subscriberId: null }, 'device account')
  if (!row) throw notFound('device account')
  const seesNames = (await contentStanding(actor)).kind === 'open'
  const account = await outside.openAccount(row)
  try {
    const { collections } = await account.discover()
    const contents: AccountContents[] = []
    for (const category of categories) {
      const collection = collections.find(one => one.takes.includes(category))
      const found = await lookInto(account, collection ?? null, category)
      contents.push(seesNames ? found : { ...found, titles: [] })
    }
    return contents
  } catch (error) {
    if (error instanceof DeviceAccountError) throw refusalOf(error)
    throw error
  } finally {
    await account.close()
  }
}

/** One collection that fails, on a server of its own perhaps, takes nothing from the others; one not made yet is empty. */
async function lookInto(
  account: DeviceAccount,
  collection: Collection | null,
  category: Category,
): Promise<AccountContents> {
  const contents: AccountContents = { category, place: null, count: 0, titles: [], trouble: null }
  if (collection === null) return contents
  contents.place = collection.displayName ?? nameOf(collection.url)
  try {
    await count(account, collection, contents)
  } catch (error) {
    if (!(error instanceof DeviceAccountError)) throw error
    if (error.kind !== 'not-found') contents.trouble = refusalOf(error).code
  }
  return contents
}

async function count(account: DeviceAccount, collection: Collection, contents: AccountContents): Promise<void> {
  const { category } = contents
  const kind = recordKindOf(category)
  const hrefs: string[] = []
  for await (const { href } of account.list(collection, category)) hrefs.push(href)
  if (kind === null) {
    contents.count = hrefs.length
    contents.titles = hrefs.slice(0, titlesShown).map(nameOf)
    return
  }
  for await (const item of account.fetch(collection, category, hrefs)) {
    const record = kind.parse(item.body)
    if (!record) continue
    contents.count++
    if (record.title && contents.titles.length < titlesShown) contents.titles.push(record.title)
  }
}

function nameOf(url: string): string {
  const last = url.replace(/\/+$/, '').split('/').at(-1) ?? url
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
