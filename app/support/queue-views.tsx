import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, Form, TextField } from '@/app/_ui/form'
import { StateTabs } from '@/app/_ui/state-tabs'
import { addressOf, isSameList } from '@/app/support/queue-address'
import { mayEver } from '@/domain/policy'
import { defaultViewNames, defaultViews } from '@/domain/triage/default-views'
import type { Count } from '@/domain/triage/find-tickets'
import type { SavedView } from '@/domain/triage/list-views'
import type { QueueFilter } from '@/domain/triage/queue-filter'

interface List {
  filter: QueueFilter
  newestFirst: boolean
}

/** "12", or "1,000+" where no more were counted. */
export const countWords = ({ t, dates }: Visit, { count, more }: Count): string =>
  more ? t('queue.more', { count: dates.number(count) }) : dates.number(count)

/** The views that everybody has, one's own, and those that colleagues share, each with how many tickets it has. */
export function QueueViews({
  visit,
  list,
  saved,
  counts,
}: {
  visit: Visit
  /** Null: no list is shown, but what a search found. */
  list: List | null
  saved: readonly SavedView[]
  /** Of the default views, then of the saved ones. */
  counts: readonly Count[]
}) {
  const { t } = visit
  const isHere = (one: List) =>
    list !== null && one.newestFirst === list.newestFirst && isSameList(one.filter, list.filter)
  const given = defaultViewNames.map(name => ({
    key: name as string,
    word: t(`queue.view.${name}`),
    filter: defaultViews[name],
    newestFirst: false,
  }))
  const kept = saved.map(({ id, name, own, keeper, filter, newestFirst }) => ({
    key: id,
    word: own ? name : `${name} (${t('queue.sharedBy', { name: keeper })})`,
    filter,
    newestFirst,
  }))
  return (
    <StateTabs
      label={t('queue.views')}
      tabs={[...given, ...kept].map((view, at) => ({
        key: view.key,
        href: addressOf(view.filter, view.newestFirst),
        word: view.word,
        count: countWords(visit, counts[at]!),
        standing: null,
        current: isHere(view),
      }))}
    />
  )
}

/** Keeping the list that is shown under a name, and giving up one that was kept. */
export function KeepView({
  visit,
  list,
  saved,
  form,
}: {
  visit: Visit
  list: List
  saved: readonly SavedView[]
  form: FormState
}) {
  const { t, actor } = visit
  if (!mayEver(actor, 'queue-view.save')) return null
  const here = saved.find(one => one.own && one.newestFirst === list.newestFirst && isSameList(one.filter, list.filter))
  if (here !== undefined)
    return (
      <Form action={`/support/views/${here.id}/remove`} token={visit.formToken}>
        <div>
          <Button look="plain">{t('queue.save.remove', { name: here.name })}</Button>
        </div>
      </Form>
    )
  const nameError = errorFor(form.errors, 'name')
  return (
    <Disclosure summary={t('queue.save.title')} open={nameError !== undefined}>
      <Form
        action="/support/views/save"
        token={visit.formToken}
        hidden={{ list: addressOf(list.filter, list.newestFirst) }}
      >
        <TextField
          narrow
          name="name"
          type="text"
          label={t('queue.save.name')}
          hint={t('queue.save.nameHint')}
          value={form.value('name') ?? ''}
          {...(nameError !== undefined && { error: nameError })}
        />
        {mayEver(actor, 'queue-view.share') ? (
          <Choices
            kind="checkbox"
            name="shared"
            legend={t('queue.save.shared')}
            choices={[{ value: 'yes', label: t('queue.save.shared'), hint: t('queue.save.sharedHint') }]}
            chosen={form.values('shared')}
          />
        ) : null}
        <div>
          <Button look="plain">{t('queue.save.go')}</Button>
        </div>
      </Form>
    </Disclosure>
  )
}
