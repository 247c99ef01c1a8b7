import { redirect } from 'next/navigation'
import { type Answers, answersAsQuery } from '@/app/account/restore/answers'

export const steps = ['what', 'records', 'account', 'rule', 'check'] as const
export type Step = (typeof steps)[number]

const paths: Record<Step, string> = {
  what: '/account/restore',
  records: '/account/restore/records',
  account: '/account/restore/account',
  rule: '/account/restore/rule',
  check: '/account/restore/check',
}

export const stepHref = (step: Step, answers: Answers): string => `${paths[step]}?${answersAsQuery(answers)}`

/** The first question that has no answer yet; "check" where all have. */
export function firstOpen({ take, extent, account, rule }: Answers): Step {
  if (take.length === 0) return 'what'
  if (extent === null) return 'records'
  if (account === null) return 'account'
  return rule === null ? 'rule' : 'check'
}

/** Goes on to the next question, or back to the check where only one answer was changed. */
export function goOn(answers: Answers): never {
  redirect(stepHref(firstOpen(answers), answers))
}

/** Keeps anybody who comes to a question too early from answering it without those before. */
export function requireBefore(step: Step, answers: Answers): void {
  const open = firstOpen(answers)
  if (steps.indexOf(open) < steps.indexOf(step)) redirect(stepHref(open, answers))
}

export function previousStep(step: Step): Step | null {
  return steps[steps.indexOf(step) - 1] ?? null
}
