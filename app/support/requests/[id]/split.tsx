import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { Notice } from '@/app/_ui/standing'
import { may } from '@/domain/policy'
import type { WholeRequest } from '@/domain/restore/find-requests'

/** To move some of what a filed request asks for to a new one, for whoever has taken it. */
export function Split({ visit, request, form }: { visit: Visit; request: WholeRequest; form: FormState }) {
  const { t, actor, formToken } = visit
  const { id, carrierId, subscriber, status, version, crossing, approvals, categories, taken } = request
  const whose = { carrierId, subscriberId: subscriber.id }
  if (status !== 'filed' || categories.length < 2 || !may(actor, 'request.split', whose)) return null
  if (crossing !== null || approvals.count > 0 || (taken !== null && !taken.own)) return null
  if (taken === null) return <Quiet>{t('behalf.split.take')}</Quiet>
  return (
    <Card>
      <Disclosure summary={t('behalf.split.open')} open={errorFor(form.errors, 'categories') !== undefined}>
        <Form action={`/support/requests/${id}/split`} token={formToken} hidden={{ version: String(version) }}>
          <Quiet>{t('behalf.split.text')}</Quiet>
          <Choices
            kind="checkbox"
            name="categories"
            legend={t('behalf.split.categories')}
            error={errorFor(form.errors, 'categories')}
            choices={categories.map(({ category, found }) => ({
              value: category,
              label: t(`shell.categories.${category}`),
              hint: t(`shell.records.${category}`, { count: found }),
            }))}
            chosen={form.values('categories')}
          />
          <div>
            <Button look="plain">{t('behalf.split.do')}</Button>
          </div>
        </Form>
      </Disclosure>
    </Card>
  )
}

/** What it was a part of, and what is a part of it. */
export function SplitLinks({ visit: { t }, request: { splitFrom, parts } }: { visit: Visit; request: WholeRequest }) {
  const of = [
    ...(splitFrom === null ? [] : [{ ...splitFrom, words: t('behalf.split.from', splitFrom) }]),
    ...parts.map(part => ({ ...part, words: t('behalf.split.into', part) })),
  ]
  if (of.length === 0) return null
  return (
    <ul className="grid gap-1">
      {of.map(({ id, words }) => (
        <li key={id}>
          <a className="num inline-flex min-h-6 items-center" href={`/support/requests/${id}`}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What the reader has just filed or split. Stands in the address, so that a reload keeps it. */
export function JustFiled({
  visit: { t },
  done,
  request: { parts },
}: {
  visit: Visit
  done: string | undefined
  request: WholeRequest
}) {
  const newest = parts.at(-1)
  if (done === 'filed-for') return <Notice standing="ok" title={t('behalf.done.filed-for')} />
  if (done !== 'split' || newest === undefined) return null
  return <Notice standing="ok" title={t('behalf.done.split', { reference: newest.reference })} />
}
