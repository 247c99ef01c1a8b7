import { randomUUID } from 'node:crypto'
import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { IdentityFields } from '@/app/support/file-for/identity-fields'
import type { PersonToFileFor } from '@/domain/restore/file-for-finder'
import { askedRules } from '@/domain/restore/restore-inputs'

/** What to restore and into which of their accounts; where there is none that may receive, what to do instead. */
export function Wish({ visit, person, form }: { visit: Visit; person: PersonToFileFor; form: FormState }) {
  const { t, formToken } = visit
  const receiving = person.accounts.filter(({ receives }) => receives)
  if (receiving.length === 0)
    return (
      <Notice standing="you" title={t('behalf.noAccount.title')}>
        <p>{t('behalf.noAccount.text')}</p>
        <p>{t('behalf.noAccount.help')}</p>
      </Notice>
    )
  if (person.recovered.length === 0) return null
  return (
    <Card>
      <Form
        action="/support/file-for/prepare"
        token={formToken}
        hidden={{ person: person.id, key: form.value('key') ?? randomUUID() }}
      >
        <What visit={visit} person={person} form={form} />
        <IdentityFields visit={visit} form={form} />
        <div>
          <Button>{t('behalf.request.next')}</Button>
        </div>
      </Form>
    </Card>
  )
}

function What({ visit: { t, dates }, person, form }: { visit: Visit; person: PersonToFileFor; form: FormState }) {
  const receiving = person.accounts.filter(({ receives }) => receives)
  const others = person.accounts.filter(({ receives }) => !receives).map(({ label }) => label)
  const account = form.values('accountId')
  return (
    <Part>
      <h2>{t('behalf.request.title')}</h2>
      <Choices
        kind="checkbox"
        name="categories"
        legend={t('behalf.request.categories')}
        error={errorFor(form.errors, 'categories')}
        choices={person.recovered.map(({ category, found, asOf }) => ({
          value: category,
          label: t(`shell.categories.${category}`),
          hint: t('behalf.request.categoryHint', { count: found, day: dates.day(asOf) }),
        }))}
        chosen={form.values('categories')}
      />
      <Choices
        kind="radio"
        name="accountId"
        legend={t('behalf.request.account')}
        error={errorFor(form.errors, 'accountId')}
        choices={receiving.map(({ id, label, kind, createdAt }) => ({
          value: id,
          label,
          hint: t('behalf.request.accountHint', { kind: t(`devices.kinds.${kind}`), day: dates.day(createdAt) }),
        }))}
        chosen={account.length === 0 && receiving.length === 1 ? [receiving[0]!.id] : account}
      />
      {others.length === 0 ? null : <Quiet>{t('behalf.request.cannot', { labels: dates.list(others) })}</Quiet>}
      <Choices
        kind="radio"
        name="rule"
        legend={t('behalf.request.rule')}
        error={errorFor(form.errors, 'rule')}
        choices={askedRules.map(rule => ({
          value: rule,
          label: t(`support.case.rules.${rule}`),
          hint: t(`behalf.request.ruleHints.${rule}`),
        }))}
        chosen={form.values('rule')}
      />
    </Part>
  )
}
