import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'

/** The one button that stops everything. */
export function FreezePart({ visit: { t, formToken } }: { visit: Visit }) {
  return (
    <Part>
      <h2>{t('identity.page.freezeTitle')}</h2>
      <p>{t('identity.page.freezeText')}</p>
      <Form action="/account/security/freeze" token={formToken} hidden={{ sure: 'yes' }}>
        <div>
          <Button look="stern">{t('identity.page.freeze')}</Button>
        </div>
      </Form>
    </Part>
  )
}
