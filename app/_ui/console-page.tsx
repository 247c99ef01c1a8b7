import { ErrorSummary, type FieldError } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'

// Staff work with mouse and keyboard, where small parts let more rows fit. A finger, or a telephone, gets 44 px.
const fingers = [
  'pointer-coarse:[&_:is(button,summary,a.inline-flex,input[type=search],input[type=text])]:min-h-11',
  'max-sm:[&_:is(button,summary,a.inline-flex,input[type=search],input[type=text])]:min-h-11',
  'pointer-coarse:[&_a.inline-flex]:min-w-11 max-sm:[&_a.inline-flex]:min-w-11',
  '[&_[data-error-summary]_a]:inline-flex [&_[data-error-summary]_a]:items-center',
  'pointer-coarse:[&_[data-error-summary]_a]:min-h-11 max-sm:[&_[data-error-summary]_a]:min-h-11',
].join(' ')

/** A console's page: what to put right, heading with the page's own act beside it, and the parts. */
export function ConsolePage({
  title,
  tag,
  lead,
  act,
  back,
  errors = [],
  words,
  children,
}: {
  title: string
  /** The state of what the page is about. */
  tag?: React.ReactNode
  lead?: React.ReactNode
  act?: React.ReactNode
  back?: { href: string; label: string }
  errors?: FieldError[]
  words: { errorPrefix: string; problem: string }
  children: React.ReactNode
}) {
  return (
    <Page title={title} errorPrefix={words.errorPrefix} failed={errors.length > 0} back={back} width="console">
      <div className={`grid gap-5 [&>*]:min-w-0 ${fingers}`}>
        <ErrorSummary heading={words.problem} errors={errors} />
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <div className="grid min-w-0 grow basis-80 gap-1">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="num min-w-0 [overflow-wrap:anywhere]">{title}</h1>
              {tag}
            </div>
            {lead === undefined ? null : <p className="text-quiet">{lead}</p>}
          </div>
          {act}
        </div>
        {children}
      </div>
    </Page>
  )
}
