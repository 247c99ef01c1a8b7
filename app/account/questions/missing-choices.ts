import { outside } from '@/app/_shell/outside'
import type { Actor } from '@/domain/actor'
import type { Category } from '@/domain/record/category'
import { readOutcomes } from '@/domain/restore/read-report'
import type { NewItem } from '@/domain/triage/ticket-inputs'

/** Records of a report that a form offers: what more there is, is said in words. */
const most = 100

export interface MissingChoice {
  value: string
  item: NewItem
}

/**
 * What can be named as missing after a restore: each of its categories, and the records of its report by name, as far as they have
 * one that the reader may see. `more`: the report has more of them.
 */
export async function missingChoices(
  actor: Actor,
  request: { id: string; categories: { category: Category }[] },
): Promise<{ choices: MissingChoice[]; more: boolean }> {
  const choices: MissingChoice[] = request.categories.map(({ category }) => ({
    value: category,
    item: { category, record: null },
  }))
  let left = most
  // First what the report tells of, then what was plainly created: that may have gone since.
  for (const isCreated of [false, true]) {
    for await (const { category, record, outcome } of readOutcomes(actor, outside(), request.id, { all: isCreated })) {
      if (record.unseen || record.heldBack || (outcome === 'created') !== isCreated) continue
      if (left === 0) return { choices, more: true }
      left -= 1
      const { file, ordinal, title } = record
      const value = `${category} ${ordinal} ${file}`
      choices.push({
        value,
        item: { category, record: { file: file.slice(0, 500), ordinal, title: title?.slice(0, 500) ?? null } },
      })
    }
  }
  return { choices, more: false }
}
