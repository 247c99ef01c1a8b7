import { validate as isUuid } from 'uuid'
import { readFlash } from '@/app/_shell/flash'
import { formState } from '@/app/_shell/form-state'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, type FieldError, FileField, Form, TextArea, TextField } from '@/app/_ui/form'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { CarrierTabs } from '@/app/carrier/carrier-tabs'
import { SuppressionTable } from '@/app/carrier/suppressions/suppression-table'
import { countSuppressions, listSuppressions } from '@/domain/notice/list-suppressions'

/** Addresses that announcements do not go to. */
export default page('/carrier/suppressions', async (visit, { query }) => {
  const { t, actor } = visit
  const address = (query.one('address') ?? '').trim().slice(0, 300)
  const last = query.one('after')
  const after = isUuid(last) ? last : undefined
  const [count, { suppressions, next }, form, bad] = await Promise.all([
    countSuppressions(actor),
    listSuppressions(actor, outside().secrets, { ...(address !== '' && { address }), ...(after && { after }) }),
    formState(visit, query.one('form'), 'notices.errors'),
    badLines(query.one('form')),
  ])
  const errors: FieldError[] =
    bad === null ? form.errors : [{ field: bad.field, text: t('notices.suppressions.badLines', { lines: bad.lines }) }]
  const [added, known] = [query.one('added'), query.one('known')].map(Number)
  const here: Record<string, string> = address === '' ? {} : { address }
  const href = (more: Record<string, string>) => `/carrier/suppressions?${new URLSearchParams(more)}`
  return (
    <ConsolePage
      title={t('notices.suppressions.title')}
      lead={t('notices.suppressions.lead', { count })}
      errors={errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <CarrierTabs visit={visit} here="suppressions" />
      {query.one('added') !== undefined && Number.isSafeInteger(added) ? (
        <Notice standing="ok" title={t('notices.suppressions.added', { added: added ?? 0, known: known || 0 })} />
      ) : null}
      {query.one('done') === 'removed' ? <Notice standing="ok" title={t('notices.suppressions.removed')} /> : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] [&>*]:min-w-0">
        <div className="grid gap-5 [&>*]:min-w-0">
          <search className="screen-only max-w-md">
            <Form method="get" action="/carrier/suppressions">
              <TextField
                name="address"
                type="search"
                label={t('notices.suppressions.find')}
                hint={t('notices.suppressions.findHint')}
                value={address}
              />
              <div>
                <Button look="plain">{t('notices.suppressions.look')}</Button>
              </div>
            </Form>
          </search>
          {suppressions.length === 0 ? (
            <Card>
              <p>{t(address === '' ? 'notices.suppressions.empty' : 'notices.suppressions.notFound')}</p>
            </Card>
          ) : (
            <Card className="py-1!">
              <SuppressionTable visit={visit} suppressions={suppressions} />
            </Card>
          )}
          <KeysetPager
            first={after === undefined ? null : href(here)}
            next={next === null ? null : href({ ...here, after: next })}
            words={{ label: t('notices.list.pages'), first: t('notices.list.first'), next: t('notices.list.next') }}
          />
        </div>
        <AddForm
          visit={visit}
          errors={errors}
          values={{ channel: form.value('channel'), addresses: form.value('addresses') }}
        />
      </div>
    </ConsolePage>
  )
})

/** Which lines hold no address, and of what: the refusal's code ends in their numbers. */
async function badLines(form: string | undefined): Promise<{ field: string | null; lines: string } | null> {
  const flash = await readFlash(form)
  for (const { field, code } of flash?.errors ?? []) {
    const lines = /^bad-lines:([\d,]+)$/.exec(code)?.[1]
    if (lines !== undefined) return { field, lines: lines.replaceAll(',', ', ') }
  }
  return null
}

function AddForm({
  visit: { t, formToken },
  errors,
  values,
}: {
  visit: Visit
  errors: FieldError[]
  values: { channel: string | undefined; addresses: string | undefined }
}) {
  return (
    <Card>
      <Part>
        <h2>{t('notices.suppressions.addTitle')}</h2>
        <Quiet>{t('notices.suppressions.addText')}</Quiet>
        <Form action="/carrier/suppressions/add" token={formToken} files>
          <Choices
            kind="radio"
            name="channel"
            legend={t('notices.suppressions.kind')}
            error={errorFor(errors, 'channel')}
            choices={(['mail', 'sms'] as const).map(value => ({
              value,
              label: t(`notices.suppressions.kinds.${value}`),
            }))}
            chosen={[values.channel ?? 'mail']}
          />
          <TextArea
            name="addresses"
            rows={8}
            label={t('notices.suppressions.addresses')}
            hint={t('notices.suppressions.addressesHint')}
            error={errorFor(errors, 'addresses')}
            value={values.addresses}
          />
          <FileField
            name="file"
            accept=".csv,.txt,text/csv,text/plain"
            label={t('notices.suppressions.file')}
            hint={t('notices.suppressions.fileHint')}
            error={errorFor(errors, 'file')}
          />
          <div>
            <Button>{t('notices.suppressions.add')}</Button>
          </div>
        </Form>
      </Part>
    </Card>
  )
}
