import { languageNames, languages } from '@/messages/language'
import { mail as mailEn } from '@/messages/mail/en'
import { mail as mailFr } from '@/messages/mail/fr'
import { translator } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { headerOf, languageOf, mailsAbout } from '@/test/e2e/mail-folder'
import { expect, missingPage, test } from '@/test/e2e/portal-test'
import { heading } from '@/test/e2e/restore-story'

const catalogue = { en: mailEn, fr: mailFr }

for (const language of languages)
  test.describe(() => {
    test.use({ language, expected: missingPage })

    test(`whoever asks hears of it after a press in their mail, and stops it the same way, ${language}`, async ({
      page,
      t,
    }) => {
      const address = `reader.${language}@people.example`
      const { subject } = catalogue[language].subscribe

      await test.step('asks, without a session', async () => {
        await page.goto(`/${language}`)
        await page.getByRole('link', { name: t('statusPage.nav.subscribe') }).click()
        await heading(page, t('subscribe.title'))
        await page.getByLabel(t('subscribe.mail'), { exact: true }).fill(address)
        await page.getByLabel(t('subscribe.chosen'), { exact: true }).check()
        await page.getByLabel('Homeward', { exact: true }).check()
        await page.getByRole('button', { name: t('subscribe.askMail') }).click()
        await heading(page, t('subscribe.sent.mail'))
        await expect(page.getByRole('main')).toContainText(address)
        await inspect(page, language, 'subscribe-sent')
      })

      await test.step('confirms by the link in the mail', async () => {
        await expect.poll(async () => [...(await mailsAbout(subject)).keys()], { timeout: 30_000 }).toContain(address)
        const mail = (await mailsAbout(subject)).get(address)!
        expect(languageOf(mail)).toBe(language)
        expect(headerOf(mail, 'list-unsubscribe'), 'nothing is subscribed yet').toBeNull()
        const link = new URL(/https?:\S+\/subscribe\/confirm\?token=\S+/.exec(mail.text ?? '')?.[0] ?? '')
        await page.goto(link.pathname + link.search)
        await heading(page, t('subscribe.confirm.title'))
        await inspect(page, language, 'subscribe-confirm')
        await page.getByRole('button', { name: t('subscribe.confirm.go') }).click()
        await expect(page.getByText(t('subscribe.preferences.confirmed'))).toBeVisible()
        await expect(page.getByText(t('subscribe.preferences.states.active'))).toBeVisible()
        await expect(page.getByLabel('Homeward', { exact: true })).toBeChecked()
        await inspect(page, language, 'subscribe-preferences')
      })

      await test.step('changes what it is about', async () => {
        const other = language === 'en' ? 'fr' : 'en'
        await page.getByLabel(languageNames[other], { exact: true }).check()
        await page.getByRole('button', { name: t('subscribe.preferences.save') }).click()
        await expect(page.getByText(t('subscribe.preferences.saved'))).toBeVisible()
        await expect(page.getByLabel(languageNames[other], { exact: true })).toBeChecked()
      })

      await test.step('opens the link of a mail, which ends nothing, and presses the button, which does', async () => {
        const token = new URL(page.url()).searchParams.get('token') ?? ''
        await page.goto(`/unsubscribe/${token}`)
        await heading(page, t('subscribe.unsubscribe.title'))
        await inspect(page, language, 'unsubscribe')
        await page.getByRole('link', { name: t('subscribe.unsubscribe.stay') }).click()
        await expect(page.getByText(t('subscribe.preferences.states.active'))).toBeVisible()
        await page.goBack()
        await page.getByRole('button', { name: t('subscribe.unsubscribe.go') }).click()
        await expect(page.getByText(t('subscribe.preferences.ended'))).toBeVisible()
        await expect(page.getByText(t('subscribe.preferences.states.ended'), { exact: true })).toBeVisible()
        await inspect(page, language, 'subscribe-ended')
      })

      await test.step('a link that is not ours says so, and a mail program is told', async () => {
        await page.goto(`/${language}/unsubscribe?token=none`)
        await heading(page, translator(language)('subscribe.badLink.title'))
        await inspect(page, language, 'subscribe-bad-link')
        const form = { 'List-Unsubscribe': 'One-Click' }
        expect((await page.request.post('/unsubscribe/none', { form })).status()).toBe(404)
        // An address that is no UTF-8 is the asker's fault, not ours.
        expect((await page.request.post('/unsubscribe/%ff', { form })).status()).toBe(400)
      })
    })
  })
