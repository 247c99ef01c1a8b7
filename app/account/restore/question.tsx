import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, type FieldError, Form } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { type Answers, answersAsFields } from '@/app/account/restore/answers'
import { previousStep, type Step, stepHref, steps } from '@/app/account/restore/steps'

/** One question a page: the way back, what is wrong, which step it is, the question, and the way on. */
export function Question({
  visit: { t },
  step,
  title,
  answers,
  asked,
  errors,
  above,
  children,
}: {
  visit: Visit
  step: Step
  title: string
  answers: Answers
  /** The answers this page asks for itself. */
  asked: readonly string[]
  errors: FieldError[]
  /** What is to be known before any answer. */
  above?: React.ReactNode
  children: React.ReactNode
}) {
  const before = previousStep(step)
  const position = { step: steps.indexOf(step) + 1, steps: steps.length }
  const back = before === null ? '/account' : stepHref(before, answers)
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={errors.length > 0}
      back={{ href: back, label: t('shell.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={errors} />
      {above}
      <div className="grid gap-2">
        <Quiet className="num">{t('restore.step', position)}</Quiet>
        <Form
          method="get"
          action={stepHref(step, answers).split('?')[0] ?? ''}
          hidden={{ ...answersAsFields(answers, asked), go: '1' }}
        >
          {children}
          <div>
            <Button>{t('restore.next')}</Button>
          </div>
        </Form>
      </div>
    </Page>
  )
}
