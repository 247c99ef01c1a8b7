import type { Language } from '@/messages/language'
import { inspect } from '@/test/e2e/inspect'
import { type PersonName, people } from '@/test/e2e/people'
import { expect, test } from '@/test/e2e/portal-test'
import { heading, openCase, referenceOn } from '@/test/e2e/restore-story'
import { expectMail } from '@/test/e2e/sent-mail'

const told: { language: Language; who: PersonName; support: PersonName }[] = [
  { language: 'en', who: 'caleb', support: 'harborSupport' },
  { language: 'fr', who: 'ines', support: 'borealSupport' },
]

for (const { language, who, support } of told)
  test.describe(() => {
    test.use({ language })

    test(`support declines with a reason that the subscriber reads, ${language}`, async ({ browserOf, t }) => {
      test.setTimeout(180_000)
      const subscriber = await browserOf(who)
      await subscriber.goto('/account')
      await subscriber.getByRole('link', { name: t('account.home.request.see') }).click()
      const reference = await referenceOn(subscriber)
      const request = subscriber.url()

      const staff = await browserOf(support)
      const note = language === 'en' ? 'Call us on 206 555 0100.' : 'Appelez-nous au 418 555 0100.'
      const decline = staff.getByRole('button', { name: t('support.case.decide.decline') })
      await test.step('a reason is needed, and what was written is kept', async () => {
        await openCase(staff, t, reference)
        await staff.getByText(t('support.case.decide.openDecline')).click()
        await staff.getByLabel(t('support.case.decide.note'), { exact: true }).fill(note)
        await decline.click()
        await expect(staff).toHaveTitle(new RegExp(`^${t('shell.errorPrefix')}`))
        const summary = staff.getByRole('alert').filter({ hasText: t('shell.problem') })
        await expect(summary).toBeFocused()
        await expect(summary).toContainText(t('support.errors.reason-missing'))
        await expect(staff.getByLabel(t('support.case.decide.note'), { exact: true })).toHaveValue(note)
        await inspect(staff, language, 'case-decline-error')
      })
      await test.step('declines', async () => {
        await staff.getByLabel(t('reasons.declineForSupport.data-in-doubt'), { exact: true }).check()
        await decline.click()
        await expect(staff.getByText(t('support.case.done.declined'))).toBeVisible()
        await expect(decline).toHaveCount(0)
        await staff.reload()
        await inspect(staff, language, 'case-declined')
      })

      await subscriber.goto(request)
      await heading(subscriber, t('requests.declined.title'))
      const main = subscriber.getByRole('main')
      await expect(main).toContainText(t('reasons.decline.data-in-doubt'))
      await expect(main).toContainText(note)
      await inspect(subscriber, language, 'request-declined')
      await expectMail(await browserOf(null), language, 'declined', { reference, to: people[who].email })
    })
  })
