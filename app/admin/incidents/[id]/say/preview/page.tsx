import { redirect } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { Acts, Button, LinkButton } from '@/app/_ui/button'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { keptValues, unlessRefused } from '@/app/admin/incidents/kept-values'
import { Languages, WhatFollows } from '@/app/admin/incidents/preview'
import { updateForm } from '@/app/admin/incidents/statement-form'
import { findIncident } from '@/domain/incident/find-incident'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'
import { previewUpdate } from '@/domain/incident/preview-statement'
import { translator } from '@/messages/translate'

/** The statement as it will be read; the button publishes just that. */
export default page('/admin/incidents/[id]/say/preview', async (visit, { params, query }) => {
  const { t, actor, formToken } = visit
  const incident = await findIncident(actor, params.id ?? '', { mostTold: 0 })
  const here = `/admin/incidents/${incident.id}/say`
  const form = query.one('form') ?? ''
  const kept = await keptValues(form)
  const read = updateForm.safeParse(kept?.fields ?? {})
  if (kept === null || !read.success) redirect(here)
  const { input, said } = read.data
  const change = `${here}?${new URLSearchParams({ form })}`
  const [preview, { components }] = await Promise.all([
    unlessRefused(change, () => previewUpdate(actor, { ...input, incidentId: incident.id })),
    listStatementChoices(actor),
  ])
  const { corrects, reasonEn, reasonFr } = input
  const reasonIn = (reader: 'en' | 'fr', reason: string) =>
    translator(reader)('statusPage.timeline.corrects', { number: String(corrects), reason })
  const reason =
    corrects && reasonEn && reasonFr ? { en: reasonIn('en', reasonEn), fr: reasonIn('fr', reasonFr) } : null
  const parts = { visit, preview, title: incident.title, said: { ...said, reason } }
  return (
    <ConsolePage
      title={t('incidents.preview.title')}
      lead={t('incidents.preview.lead')}
      back={{ href: change, label: t('incidents.preview.change') }}
      words={manageWords(visit)}
    >
      <Languages {...parts} />
      <WhatFollows {...parts} components={components} />
      <Form action={`${here}/publish`} token={formToken} hidden={kept.values}>
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
