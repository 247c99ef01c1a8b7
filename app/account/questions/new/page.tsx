import { randomUUID } from 'node:crypto'
import { validate as isUuid } from 'uuid'
import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Choices, ErrorSummary, errorFor, Form, TextArea, TextField } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { missingChoices } from '@/app/account/questions/missing-choices'
import { listOwnRequests } from '@/domain/restore/find-requests'
import { findOpenQuestion } from '@/domain/triage/find-open-question'
import { type NewItem, type QuestionKind, questionKinds } from '@/domain/triage/ticket-inputs'

/** What it is about, where something is missing after which restore, and then the question itself: one question a page. */
export default page('/account/questions/new', async (visit, { query }) => {
  const { actor } = visit
  const kind = questionKinds.find(one => one === query.one('kind'))
  if (kind === undefined) return <WhichKind visit={visit} sent={query.one('go') === '1'} />
  if (kind !== 'missing_records') return <Ask visit={visit} kind={kind} form={await asked(visit, query.one('form'))} />
  const restores = (await listOwnRequests(actor)).filter(({ startedAt, crossing }) => startedAt && crossing === null)
  const about = query.one('about')
  const request = isUuid(about) ? restores.find(({ id }) => id === about) : undefined
  if (request === undefined) return <WhichRestore visit={visit} restores={restores} sent={query.one('go') === '2'} />
  const [missing, open] = await Promise.all([
    missingChoices(actor, request),
    findOpenQuestion(actor, { kind, aboutRequestId: request.id }),
  ])
  const form = await asked(visit, query.one('form'))
  return <Ask visit={visit} kind={kind} form={form} about={request.id} missing={missing} open={open} />
})

const asked = (visit: Visit, id: string | undefined) => formState(visit, id, 'conversation.errors')
const here = '/account/questions/new'

function WhichKind({ visit: { t }, sent }: { visit: Visit; sent: boolean }) {
  const errors = sent ? [{ field: 'kind', text: t('conversation.errors.kind-missing') }] : []
  const title = t('conversation.ask.title')
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={sent}
      back={{ href: '/account/questions', label: t('conversation.thread.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={errors} />
      <Form method="get" action={here} hidden={{ go: '1' }}>
        <Choices
          kind="radio"
          name="kind"
          asHeading
          legend={title}
          error={errorFor(errors, 'kind')}
          chosen={[]}
          choices={questionKinds.map(kind => ({
            value: kind,
            label: t(`conversation.ask.kinds.${kind}.label`),
            hint: t(`conversation.ask.kinds.${kind}.hint`),
          }))}
        />
        <div>
          <Button>{t('conversation.ask.next')}</Button>
        </div>
      </Form>
    </Page>
  )
}

type Restores = Awaited<ReturnType<typeof listOwnRequests>>

function WhichRestore({ visit: { t, dates }, restores, sent }: { visit: Visit; restores: Restores; sent: boolean }) {
  const errors = sent ? [{ field: 'about', text: t('conversation.errors.request-missing') }] : []
  const title = t('conversation.ask.which')
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={sent}
      back={{ href: here, label: t('shell.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={errors} />
      {restores.length === 0 ? (
        <>
          <h1>{title}</h1>
          <p>{t('conversation.ask.noRestores')}</p>
        </>
      ) : (
        <Form method="get" action={here} hidden={{ kind: 'missing_records', go: '2' }}>
          <Choices
            kind="radio"
            name="about"
            asHeading
            legend={title}
            error={errorFor(errors, 'about')}
            chosen={restores.length === 1 ? [restores[0]!.id] : []}
            choices={restores.map(({ id, reference, filedAt, categories }) => ({
              value: id,
              label: <span className="num">{reference}</span>,
              hint: `${t('conversation.ask.filed', { day: dates.day(filedAt) })} · ${dates.list(
                categories.map(({ category }) => t(`shell.categoriesInline.${category}`)),
              )}`,
            }))}
          />
          <div>
            <Button>{t('conversation.ask.next')}</Button>
          </div>
        </Form>
      )}
    </Page>
  )
}

interface Asking {
  visit: Visit
  kind: QuestionKind
  form: FormState
  about?: string
  missing?: Awaited<ReturnType<typeof missingChoices>>
  /** What is asked here is added to it. */
  open?: Awaited<ReturnType<typeof findOpenQuestion>>
}

function Ask({ visit, kind, form, about, missing, open = null }: Asking) {
  const { t, formToken } = visit
  const { errors } = form
  const title = t(`conversation.ask.titles.${kind}`)
  const hidden = { kind, about, key: form.value('key') ?? randomUUID() }
  const back = about === undefined ? here : `${here}?kind=${kind}`
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={errors.length > 0}
      back={{ href: back, label: t('shell.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={errors} />
      <h1>{title}</h1>
      {open === null ? null : (
        <Notice standing="wait" title={t('joined.own.open', { reference: open.reference })}>
          <p>{t('joined.own.openText')}</p>
          <p>
            <a className="inline-flex min-h-11 items-center" href={`/account/questions/${open.id}`}>
              {t('joined.own.openRead')}
            </a>
          </p>
        </Notice>
      )}
      <Form action="/account/questions/new/open" token={formToken} hidden={hidden}>
        {missing === undefined ? null : (
          <>
            <Choices
              kind="checkbox"
              name="items"
              legend={t('conversation.ask.items')}
              hint={t('conversation.ask.itemsHint')}
              error={errorFor(errors, 'items')}
              chosen={form.values('items')}
              choices={missing.choices.map(({ value, item }) => ({ value, label: itemWords(visit, item) }))}
            />
            {missing.more ? <p>{t('conversation.ask.more')}</p> : null}
            {missing.choices.every(({ item }) => item.record === null) ? (
              <p>{t('conversation.ask.noRecords')}</p>
            ) : null}
          </>
        )}
        <TextField
          name="subject"
          label={t('conversation.ask.subject')}
          hint={t('conversation.ask.subjectHint')}
          error={errorFor(errors, 'subject')}
          value={form.value('subject')}
        />
        <TextArea
          name="text"
          rows={8}
          label={t('conversation.ask.text')}
          hint={t('conversation.ask.textHint')}
          error={errorFor(errors, 'text')}
          value={form.value('text')}
        />
        <div>
          <Button>{t('conversation.ask.send')}</Button>
        </div>
      </Form>
    </Page>
  )
}

function itemWords({ t }: Visit, { category: of, record }: NewItem): string {
  const category = t(`shell.categories.${of}`)
  if (record === null) return t('conversation.ask.all', { category })
  if (record.title === null) return t('conversation.ask.untitled', { number: String(record.ordinal + 1), category })
  return t('conversation.ask.record', { title: record.title, category })
}
