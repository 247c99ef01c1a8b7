import { languages } from '@/messages/language'
import { inspect } from '@/test/e2e/inspect'
import { people } from '@/test/e2e/people'
import { expect, missingPage, speak, test } from '@/test/e2e/portal-test'
import { proveIfAsked } from '@/test/e2e/sign-in'

// A link that is not theirs is followed on purpose.
test.use({ expected: missingPage })

test('support looks at records with a reason, and the subscriber reads who, when, why and at what', async ({
  browserOf,
  t,
  baseURL,
}) => {
  test.setTimeout(180_000)
  const agent = await browserOf('borealSupport')
  const why = `They asked what became of a number (${Date.now()}).`

  await test.step('nothing is shown without a reason', async () => {
    await agent.goto(`/support?q=${encodeURIComponent(people.elise.name)}`)
    await agent.locator('main a[href^="/support/requests/"]').first().click()
    await agent.getByRole('link', { name: t('looks.ask.link'), exact: true }).click()
    await agent.getByRole('button', { name: t('looks.ask.go'), exact: true }).click()
    await expect(agent.locator('[data-error-summary]')).toContainText(t('looks.errors.look-reason'))
    for (const language of languages) {
      await speak(agent, language, baseURL)
      await agent.reload()
      await inspect(agent, language, 'look-ask-error')
    }
    await speak(agent, 'en', baseURL)
    await agent.reload()
  })

  await test.step('with one the records are shown, and no download of them', async () => {
    await agent.getByRole('radio').first().check()
    await agent.getByLabel(t('looks.reasons.asked'), { exact: true }).check()
    await agent.getByLabel(t('looks.ask.note'), { exact: true }).fill(why)
    await agent.getByRole('button', { name: t('looks.ask.go'), exact: true }).click()
    await proveIfAsked(agent, t)
    if (agent.url().includes('/records'))
      await agent.getByRole('button', { name: t('looks.ask.go'), exact: true }).click()
    await expect(agent).toHaveURL(/\/support\/looks\/[0-9a-f-]{36}$/)
    const look = agent.url()
    for (const language of languages) {
      await speak(agent, language, baseURL)
      await agent.goto(look)
      await inspect(agent, language, 'look')
      await agent.locator('main li a').first().click()
      await expect(agent).toHaveURL(/\/support\/looks\/[0-9a-f-]{36}\/\d+$/)
      await expect(agent.locator('a[href*="original"], a[href*="download"]')).toHaveCount(0)
      await inspect(agent, language, 'look-record')
    }
    const lead = await browserOf('lead')
    await lead.goto(look)
    await expect(lead.getByRole('heading', { level: 1 })).toHaveText(t('shell.notFound.title'))
  })

  await test.step('its subscriber reads it, without a name, and is told', async () => {
    const elise = await browserOf('elise')
    for (const language of languages) {
      await speak(elise, language, baseURL)
      await elise.goto('/account/security')
      await expect(elise.getByRole('main')).toContainText(why)
      await expect(elise.getByRole('main')).not.toContainText(people.borealSupport.name)
      await inspect(elise, language, 'who-looked')
    }
    const row = elise.getByRole('row').filter({ hasText: people.elise.email })
    await expect(async () => {
      await elise.goto('/demo/mail')
      await expect(row.filter({ hasText: 'L’assistance a regardé vos données récupérées' }).first()).toBeVisible({
        timeout: 500,
      })
    }).toPass({ timeout: 60_000 })
  })

  await test.step('the auditor reads who it was, and nothing of what they saw', async () => {
    const auditor = await browserOf('auditor')
    await auditor.goto('/support/looks')
    const row = auditor.getByRole('row').filter({ hasText: why })
    await expect(row).toContainText(people.borealSupport.name)
    await inspect(auditor, 'en', 'looks-listed')
    await auditor.goto(agent.url())
    await expect(auditor.getByRole('heading', { level: 1 })).toHaveText(t('shell.notFound.title'))
  })
})
