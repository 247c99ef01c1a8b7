import { z } from 'zod'
import { type Fields, formAction } from '@/app/_shell/form-action'
import { Query } from '@/app/_shell/page'
import { filingKeyOf, readAnswers } from '@/app/account/restore/answers'
import { firstOpen, stepHref } from '@/app/account/restore/steps'
import { badInput, notFound } from '@/domain/errors'
import { fileRequest } from '@/domain/restore/file-request'

const answersOf = ({ answers }: Fields) => {
  const given = new URLSearchParams(String(answers ?? ''))
  return readAnswers(new Query(Object.fromEntries([...new Set(given.keys())].map(name => [name, given.getAll(name)]))))
}

/** Files the request that was put together question by question; pressed twice, it files one. */
export const POST = formAction('/account/restore/file', {
  input: z.object({ answers: z.string().max(20_000) }),
  back: fields => stepHref('check', answersOf(fields)),
  async act({ actor }, input) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    const answers = answersOf(input)
    const { take, account, rule } = answers
    if (firstOpen(answers) !== 'check' || account === null || rule === null)
      throw badInput('answers', 'answers-missing', 'A question has no answer.')
    const choices = take.flatMap(holdingId =>
      [...(answers.choices.get(holdingId) ?? [])].map(([ordinal, choice]) => ({
        holdingId,
        ordinal,
        leaveOut: choice === 'out',
        rule: choice === 'out' ? null : choice,
      })),
    )
    const { id } = await fileRequest(actor, {
      subscriberId: actor.subscriberId,
      accountId: account,
      holdingIds: take,
      rule,
      choices,
      filingKey: filingKeyOf(answers),
    })
    return `/account/restores/${id}/filed`
  },
})
