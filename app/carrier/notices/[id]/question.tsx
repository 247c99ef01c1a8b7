import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Acts, Button, type ButtonLook, LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { ProofNeeded } from '@/app/account/proof-needed'
import { audienceInWords, sizeInWords, titleOf } from '@/app/carrier/notice-words'
import { countAudience } from '@/domain/notice/count-audience'
import type { FoundNotice } from '@/domain/notice/find-notice'

/**
 * The page before an act that cannot be taken back or that many will notice: which notice it is, what happens, how many
 * it reaches, and the way back.
 */
export async function Question({
  visit,
  notice,
  form,
  title,
  happens,
  action,
  button,
  look = 'main',
  hidden = {},
  reaches = true,
  proof = false,
  from,
  children,
}: {
  visit: Visit
  notice: FoundNotice
  form: FormState
  title: string
  happens: string[]
  action: string
  button: string
  look?: ButtonLook
  hidden?: Record<string, string>
  /** Says how many people it is for. */
  reaches?: boolean
  proof?: boolean
  /** Where the way back leads; left out: to the notice. */
  from?: { href: string; label: string }
  children?: React.ReactNode
}) {
  const { t, actor, language } = visit
  const back = from ?? {
    href: `/carrier/notices/${notice.id}`,
    label: t('notices.number', { number: String(notice.number) }),
  }
  const size = reaches ? await countAudience(actor, notice) : null
  return (
    <ConsolePage
      title={title}
      lead={`${t('notices.number', { number: String(notice.number) })} · ${titleOf(visit, notice, language)}`}
      back={back}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <Part>
          {happens.map(sentence => (
            <p key={sentence}>{sentence}</p>
          ))}
          {reaches ? (
            <div>
              <p className="font-semibold">{sizeInWords(visit, size)}</p>
              <ul className="text-quiet">
                {audienceInWords(visit, notice.audience).map(line => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </div>
          ) : null}
          {proof ? <ProofNeeded visit={visit} /> : null}
          <Form action={action} token={visit.formToken} hidden={{ version: String(notice.version), ...hidden }}>
            {children}
            <Acts>
              <Button look={look}>{button}</Button>
              <LinkButton look="plain" href={back.href}>
                {t('notices.keep')}
              </LinkButton>
            </Acts>
          </Form>
        </Part>
      </Card>
    </ConsolePage>
  )
}
