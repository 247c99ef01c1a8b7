import { redirect } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { Acts, Button, LinkButton } from '@/app/_ui/button'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { keptValues, unlessRefused } from '@/app/admin/incidents/kept-values'
import { Languages, WhatFollows } from '@/app/admin/incidents/preview'
import { openingForm } from '@/app/admin/incidents/statement-form'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'
import { previewOpening } from '@/domain/incident/preview-statement'

/** The incident as it will be read; the button publishes just that. */
export default page('/admin/incidents/new/preview', async (visit, { query }) => {
  const { t, actor, formToken } = visit
  const form = query.one('form') ?? ''
  const { components } = await listStatementChoices(actor)
  const kept = await keptValues(form)
  const read = openingForm.safeParse(kept?.fields ?? {})
  if (kept === null || !read.success) redirect('/admin/incidents/new')
  const { input, said } = read.data
  const change = `/admin/incidents/new?${new URLSearchParams({ form })}`
  const preview = await unlessRefused(change, () => previewOpening(actor, input))
  const parts = {
    visit,
    preview,
    said: { ...said, reason: null },
    title: { en: input.titleEn, fr: input.titleFr },
  }
  return (
    <ConsolePage
      title={t('incidents.preview.title')}
      lead={t('incidents.preview.lead')}
      back={{ href: change, label: t('incidents.preview.change') }}
      words={manageWords(visit)}
    >
      <Languages {...parts} />
      <WhatFollows {...parts} components={components} />
      <Form action="/admin/incidents/new/open" token={formToken} hidden={kept.values}>
        <Acts>
          <Button>{t('incidents.preview.publish')}</Button>
          <LinkButton look="plain" href={change}>
            {t('incidents.preview.change')}
          </LinkButton>
        </Acts>
      </Form>
    </ConsolePage>
  )
})
