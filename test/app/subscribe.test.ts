import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as ask } from '@/app/(status)/[language]/subscribe/ask/route'
import { POST as useCode } from '@/app/(status)/[language]/subscribe/code/route'
import ConfirmPage from '@/app/(status)/[language]/subscribe/confirm/page'
import { POST as confirm } from '@/app/(status)/[language]/subscribe/confirm/use/route'
import { POST as end } from '@/app/(status)/[language]/subscribe/end/route'
import SubscribePage from '@/app/(status)/[language]/subscribe/page'
import PreferencesPage from '@/app/(status)/[language]/subscribe/preferences/page'
import { POST as save } from '@/app/(status)/[language]/subscribe/preferences/save/route'
import SentPage from '@/app/(status)/[language]/subscribe/sent/page'
import { POST as start } from '@/app/(status)/[language]/subscribe/start/route'
import UnsubscribePage from '@/app/(status)/[language]/unsubscribe/page'
import { POST as disable } from '@/app/admin/subscriptions/disable/route'
import SubscriptionsPage from '@/app/admin/subscriptions/page'
import { POST as replay } from '@/app/admin/subscriptions/replay/route'
import { POST as resume } from '@/app/admin/subscriptions/resume/route'
import { POST as receipt } from '@/app/api/receipts/sms/route'
import { GET as worker } from '@/app/push-worker.js/route'
import { POST as oneClick, GET as openOneClick } from '@/app/unsubscribe/[token]/route'
import { system } from '@/domain/actor'
import { recipientToken } from '@/domain/notification/recipient-token'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'
import type { Services } from '@/workers/handler'
import { handle } from '@/workers/handlers/send-confirmation'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const folder = temporaryFolder('subscribe')
let world: BroadcastWorld
let eve: PortalVisitor
beforeAll(async () => {
  portalSettings(folder)
  Object.assign(process.env, {
    HOMEWARD_DEMONSTRATION: '1',
    SMS_RECEIPT_SECRET: 'receipts-are-signed-by-it',
    WEBHOOK_ALLOWED_HOSTS: 'hooks.example',
  })
  world = await BroadcastWorld.begin(process.env.HOMEWARD_KEY)
  await addStaff(system('test'), {
    email: 'eve@homeward.example',
    name: 'Eve',
    role: 'administrator',
    carrierSlug: null,
  })
  eve = await PortalVisitor.signedIn('eve@homeward.example')
}, 120_000)
afterAll(async () => {
  await world.end()
  removeFolder(folder)
})
afterEach(async () => {
  world.smtp.messages.length = 0
  await database().delivery.deleteMany()
  await database().task.deleteMany()
  await database().subscription.deleteMany()
  await database().suppression.deleteMany()
  await database().subscriber.deleteMany()
})

const en = { language: 'en' }
const only = () => database().subscription.findFirstOrThrow({ include: { topics: true } })

async function confirmationsSent(): Promise<void> {
  const services = { ...world.outside, timeZone: 'UTC' } as unknown as Services
  for (const { payload } of await database().task.findMany({ where: { job: 'send-confirmation' } }))
    await handle(payload as { subscriptionId: string }, services)
}

/** Asks with the form of the page; answers the page that follows. */
async function asked(visitor: PortalVisitor, channel: string, entered: Record<string, string>) {
  const { html } = await visitor.open(SubscribePage, `/en/subscribe?channel=${channel}`, en)
  return visitor.send(ask, html, '/en/subscribe/ask', { language: 'en', about: 'everything', ...entered }, en)
}

describe('subscribing by mail', () => {
  it('asks, says that a mail is on its way, and is confirmed by the button behind its link', async () => {
    const ann = new PortalVisitor()
    const { location } = await asked(ann, 'mail', { address: 'ann@people.example' })
    expect(location).toMatch(/^\/en\/subscribe\/sent\?form=/)
    expect(wordsOf((await ann.open(SentPage, location!, en)).html)).toContain('on its way to ann@people.example')
    await confirmationsSent()
    const link = /https:\/\/portal\.example(\/en\/subscribe\/confirm\?token=\S+)/.exec(
      world.smtp.messages[0]?.mail.text ?? '',
    )?.[1]
    const elsewhere = new PortalVisitor()
    const { html } = await elsewhere.open(ConfirmPage, link!, en)
    expect((await only()).status).toBe('unconfirmed')
    const confirmed = await elsewhere.send(confirm, html, '/en/subscribe/confirm/use', {}, en)
    expect(confirmed.location).toMatch(
      /^\/en\/subscribe\/preferences\?token=s[0-9a-f]{32}-[0-9a-f]{32}&done=confirmed$/,
    )
    expect((await only()).status).toBe('active')
    const words = wordsOf((await elsewhere.open(PreferencesPage, confirmed.location!, en)).html)
    expect(words).toContain('It is confirmed.')
    expect(words).toContain('a…@people.example State In use')
    const again = await elsewhere.open(ConfirmPage, '/en/subscribe/confirm?token=none', en)
    const refused = await elsewhere.send(confirm, again.html, '/en/subscribe/confirm/use', {}, en)
    expect(wordsOf((await elsewhere.open(ConfirmPage, refused.location!, en)).html)).toContain(
      'This link was used already',
    )
  })

  it('answers the same for an address that is known', async () => {
    await world.subscription('mail', 'ann@people.example')
    const visitor = new PortalVisitor()
    const pages = []
    for (const address of ['ann@people.example', 'new@people.example']) {
      const { location } = await asked(visitor, 'mail', { address })
      const { html } = await visitor.open(SentPage, location!, en)
      pages.push(wordsOf(html).replaceAll(address, 'X'))
    }
    expect(pages[0]).toBe(pages[1])
  })

  it('comes back with what was entered and what to put right', async () => {
    const visitor = new PortalVisitor()
    const wrong = await asked(visitor, 'mail', { address: 'ann at people', about: 'chosen' })
    const { html } = await visitor.open(SubscribePage, wrong.location!, en)
    expect(html).toContain('<title>Error: Hear what happens')
    expect(html).toContain('value="ann at people"')
    expect(wordsOf(html)).toContain('Enter an e-mail address like name@example.com')
    const none = await asked(visitor, 'mail', { address: 'ann@people.example', about: 'chosen' })
    expect(wordsOf((await visitor.open(SubscribePage, none.location!, en)).html)).toContain('Choose at least one')
    expect(await database().subscription.count()).toBe(0)
  })

  it('says at the field what is far too long, and shows nothing of it', async () => {
    const visitor = new PortalVisitor()
    for (const channel of ['mail', 'webhook']) {
      const { location } = await asked(visitor, channel, { address: 'a'.repeat(1_100_000) })
      const { html } = await visitor.open(SubscribePage, location!, en)
      expect(wordsOf(html)).toContain('There is a problem')
      expect(wordsOf(html)).toContain('Enter an')
      expect(html.length).toBeLessThan(100_000)
    }
    expect(await database().subscription.count()).toBe(0)
  })

  it('opens with whatever an address asks to have chosen', async () => {
    const visitor = new PortalVisitor()
    for (const topic of ['incident:zz', 'incident:%00', 'planet:1', 'incident:00000000-0000-7000-8000-000000000000'])
      expect(wordsOf((await visitor.open(SubscribePage, `/en/subscribe?topic=${topic}`, en)).html)).toContain(
        'Carriers',
      )
  })

  it('keeps what was chosen, and changes it by the link', async () => {
    const { incidentId } = await world.incident(['harbor'], false)
    const visitor = new PortalVisitor()
    const page = wordsOf((await visitor.open(SubscribePage, `/en/subscribe?topic=incident:${incidentId}`, en)).html)
    expect(page).toMatch(/Open incidents Data service is down.*Carriers harbor wireless meridian wireless/)
    await asked(visitor, 'mail', { address: 'ann@people.example', about: 'chosen', topics: `incident:${incidentId}` })
    const { id, everything, topics } = await only()
    expect({ everything, topics: topics.map(topic => topic.targetId) }).toEqual({
      everything: false,
      topics: [incidentId],
    })
    const at = `/en/subscribe/preferences?token=${recipientToken(world.secrets, { kind: 'subscription', id })}`
    const { html } = await visitor.open(PreferencesPage, at, en)
    expect(html).toMatch(
      new RegExp(`value="incident:${incidentId}"[^>]*checked|checked[^>]*value="incident:${incidentId}"`),
    )
    const saved = await visitor.send(
      save,
      html,
      '/en/subscribe/preferences/save',
      { language: 'fr', about: 'everything' },
      en,
    )
    expect(saved.location).toBe(`${at}&done=saved`)
    expect(await only()).toMatchObject({ everything: true, language: 'fr', topics: [] })
  })
})

describe('subscribing otherwise', () => {
  it('a telephone is shown to be theirs by a code', async () => {
    const visitor = new PortalVisitor()
    const { location } = await asked(visitor, 'sms', { address: '+1 206 555 0123' })
    const { html } = await visitor.open(SentPage, location!, en)
    await confirmationsSent()
    const code = /\b(\d{6})\b/.exec(world.sent.sms[0]?.text ?? '')?.[1] ?? ''
    const wrong = await visitor.send(useCode, html, '/en/subscribe/code', { code: 'x' }, en)
    const back = (await visitor.open(SentPage, wrong.location!, en)).html
    expect(wordsOf(back)).toContain('Enter the six digits of the code')
    const right = await visitor.send(useCode, back, '/en/subscribe/code', { code }, en)
    expect(right.location).toContain('done=confirmed')
    expect((await only()).status).toBe('active')
    expect(wordsOf((await visitor.open(PreferencesPage, right.location!, en)).html)).toContain('It is confirmed')
  })

  it('an endpoint’s secret is shown this once, with the link to its page', async () => {
    const visitor = new PortalVisitor()
    const { location } = await asked(visitor, 'webhook', { address: 'https://hooks.example/in' })
    const { html } = await visitor.open(SentPage, location!, en)
    expect(html).toMatch(/whsec_[A-Za-z0-9+/]{32}/)
    const link = /href="(\/en\/subscribe\/preferences\?token=[^"]+)"/.exec(html)?.[1] ?? ''
    const page = await visitor.open(PreferencesPage, link, en)
    expect(wordsOf(page.html)).toContain('hooks.example State Not confirmed yet')
    expect(page.html).not.toContain('whsec_')
    const inside = await asked(visitor, 'webhook', { address: 'https://10.0.0.1/in' })
    expect(wordsOf((await visitor.open(SubscribePage, inside.location!, en)).html)).toContain(
      'inside a private network',
    )
  })

  it('is not offered where nobody provides it', async () => {
    const visitor = new PortalVisitor()
    const { html } = await visitor.open(SubscribePage, '/en/subscribe?channel=push', en)
    expect(wordsOf(html)).not.toContain('In this browser')
    const address = JSON.stringify({ endpoint: 'https://push.example/1', keys: { p256dh: 'a', auth: 'b' } })
    const sent = await visitor.post(ask, '/en/subscribe/ask', { channel: 'push', address }, en)
    expect(wordsOf((await visitor.open(SubscribePage, sent.location!, en)).html)).toContain(
      'sends no messages to browsers',
    )
  })

  it('the script that shows messages is a script', async () => {
    const answer = await worker()
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    const script = await answer.text()
    const heard: string[] = []
    const self = { addEventListener: (name: string) => heard.push(name) }
    new Function('self', script)(self)
    expect(heard).toEqual(['push', 'notificationclick'])
  })
})

describe('stopping', () => {
  const press = (token: string, body: BodyInit | null = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })) =>
    oneClick(new Request(`https://portal.example/unsubscribe/${token}`, { method: 'POST', body }), {
      params: Promise.resolve({ token }),
    })

  it('takes one press in a mail program, without a session and from anywhere, however often', async () => {
    const id = await world.subscription('mail', 'ann@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscription', id })
    for (let time = 0; time < 2; time++) expect((await press(token)).status).toBe(200)
    expect((await only()).status).toBe('ended')
    const other = recipientToken(world.secrets, {
      kind: 'subscriber',
      id: await world.subscriber('bob@people.example'),
    })
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    expect((await press(other, form)).status).toBe(200)
    expect(await database().suppression.count()).toBe(1)
  })

  it('is not done by a link that is opened, a body that says something else, or a token that is forged', async () => {
    const id = await world.subscription('mail', 'ann@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscription', id })
    const opened = await openOneClick(new Request('https://portal.example/'), { params: Promise.resolve({ token }) })
    expect(opened.headers.get('location')).toBe(`/en/unsubscribe?token=${token}`)
    for (const body of [null, 'List-Unsubscribe=One-Click', new URLSearchParams({ 'List-Unsubscribe': 'yes' }), '{}'])
      expect((await press(token, body)).status).toBe(400)
    for (const wrong of ['x', `${token}0`, token.replace('s', 'p'), '']) {
      const answer = await press(wrong)
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('Nothing was changed')
    }
    expect((await only()).status).toBe('active')
    const visitor = new PortalVisitor()
    for (const page of [UnsubscribePage, PreferencesPage]) {
      const { html } = await visitor.open(page, '/en/unsubscribe?token=forged', en)
      expect(wordsOf(html)).toContain('This link does not work')
      expect(formsOf(html)).toEqual([])
    }
  })

  it('reads no more of a body than the two words it is', async () => {
    const id = await world.subscription('mail', 'ann@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscription', id })
    let read = 0
    const body = new ReadableStream({
      pull(controller) {
        read += 1
        if (read > 1_000) return controller.close()
        controller.enqueue(Buffer.from(`List-Unsubscribe=One-Click&x=${'x'.repeat(1_000)}`))
      },
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const request = new Request('https://portal.example/', { method: 'POST', body, headers, ...{ duplex: 'half' } })
    expect((await oneClick(request, { params: Promise.resolve({ token }) })).status).toBe(400)
    expect(read).toBeLessThan(10)
    expect((await only()).status).toBe('active')
  })

  it('by a person is one button, and can be taken back', async () => {
    const id = await world.subscriber('ann@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscriber', id })
    const visitor = new PortalVisitor()
    const { html } = await visitor.open(UnsubscribePage, `/en/unsubscribe?token=${token}`, en)
    expect(await database().suppression.count()).toBe(0)
    const { location } = await visitor.send(end, html, '/en/subscribe/end', {}, en)
    const ended = (await visitor.open(PreferencesPage, location!, en)).html
    expect(wordsOf(ended)).toMatch(/It is ended\..*Announcements of harbor wireless You do not get them\./)
    await visitor.send(start, ended, '/en/subscribe/start', {}, en)
    expect(await database().suppression.count()).toBe(0)
  })
})

describe('a provider’s receipt', () => {
  const say = (body: string, secret = 'receipts-are-signed-by-it') => {
    const t = Math.floor(Date.now() / 1000)
    const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
    const headers = { 'x-signature': `t=${t},v1=${v1}` }
    return receipt(new Request('https://portal.example/api/receipts/sms', { method: 'POST', body, headers }))
  }

  it('says what became of a text message, once, and only where it is signed', async () => {
    await world.subscription('sms', '+12065550123')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await world.send(broadcastId)
    const row = () => database().delivery.findFirstOrThrow()
    const id = (await row()).providerId
    const delivered = JSON.stringify({ id, status: 'delivered' })
    expect((await say(delivered, 'guessed')).status).toBe(403)
    expect((await row()).status).toBe('sent')
    expect((await say(JSON.stringify({ id: 'other', status: 'failed' }))).status).toBe(404)
    expect((await say(JSON.stringify({ id, status: 'delivered', more: 'x'.repeat(20_000) }))).status).toBe(403)
    expect((await say(delivered)).status).toBe(204)
    expect((await say(JSON.stringify({ id, status: 'failed', reason: 'absent' }))).status).toBe(204)
    expect(await row()).toMatchObject({ status: 'delivered', reason: null })
  })

  it('that comes before the message is written down as sent is waited for', async () => {
    await world.subscription('sms', '+12065550123')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    const early: Promise<Response>[] = []
    const provider = {
      async send() {
        early.push(say(JSON.stringify({ id: 'early-1', status: 'delivered' })))
        return { id: 'early-1' }
      },
      async close() {},
    }
    await world.send(broadcastId, { sms: provider })
    expect((await Promise.all(early)).map(({ status }) => status)).toEqual([204])
    expect((await database().delivery.findFirstOrThrow({ where: { broadcastId } })).status).toBe('delivered')
  })

  it('keeps a reason only where it is a code', async () => {
    await world.subscription('sms', '+12065550123')
    for (const [said, kept] of [
      ['absent-subscriber', 'absent-subscriber'],
      ['Ann at +1206 is away', 'not-delivered'],
    ]) {
      const { broadcastId } = await world.incident(['harbor'])
      await world.spread(broadcastId)
      await world.send(broadcastId)
      const { providerId } = await database().delivery.findFirstOrThrow({ where: { broadcastId } })
      await say(JSON.stringify({ id: providerId, status: 'failed', reason: said }))
      expect(await database().delivery.findFirstOrThrow({ where: { broadcastId } })).toMatchObject({
        status: 'failed',
        reason: kept,
      })
    }
  })
})

describe('the administrators’ page', () => {
  it('counts subscriptions, shows endpoints in trouble, and switches them off and on', async () => {
    await world.subscription('mail', 'ann@people.example')
    const id = await world.subscription('webhook', 'https://hooks.example/in?key=secret')
    await database().subscription.update({ where: { id }, data: { failures: 3, failingSince: new Date() } })
    const { html } = await eve.open(SubscriptionsPage, '/admin/subscriptions')
    expect(wordsOf(html)).toContain('By e-mail 1 0 0')
    expect(wordsOf(html)).toMatch(/hooks\.example\/in State In use Failures in a row 3/)
    expect(html).not.toContain('key=secret')
    expect((await eve.send(disable, html, '/admin/subscriptions/disable')).location).toBe(
      '/admin/subscriptions?done=disabled',
    )
    const off = (await eve.open(SubscriptionsPage, '/admin/subscriptions?done=disabled')).html
    expect(wordsOf(off)).toContain('The webhook is switched off.')
    expect((await eve.send(resume, off, '/admin/subscriptions/resume')).location).toBe(
      '/admin/subscriptions?done=resumed',
    )
    const on = (await eve.open(SubscriptionsPage, '/admin/subscriptions?done=resumed')).html
    const wrong = await eve.send(replay, on, '/admin/subscriptions/replay', { since: 'Monday' })
    expect(wordsOf((await eve.open(SubscriptionsPage, wrong.location!)).html)).toContain('Enter a day like 2009-10-12')
    const since = new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10)
    expect((await eve.send(replay, on, '/admin/subscriptions/replay', { since })).location).toBe(
      '/admin/subscriptions?replayed=0',
    )
    const stranger = new PortalVisitor()
    expect((await stranger.open(SubscriptionsPage, '/admin/subscriptions')).location).toMatch(/^\/sign-in/)
  })
})

it('reads in French without a key or a gap', async () => {
  const id = await world.subscription('mail', 'ann@people.example')
  const webhook = await world.subscription('webhook', 'https://hooks.example/in')
  const person = await world.subscriber('bob@people.example')
  const token = recipientToken(world.secrets, { kind: 'subscription', id })
  const mine = recipientToken(world.secrets, { kind: 'subscriber', id: person })
  const visitor = new PortalVisitor()
  visitor.language = 'fr'
  eve.language = 'fr'
  const fr = { language: 'fr' }
  const pages = [
    await visitor.open(SubscribePage, '/fr/subscribe', fr),
    await visitor.open(SubscribePage, '/fr/subscribe?channel=sms', fr),
    await visitor.open(SubscribePage, '/fr/subscribe?channel=webhook', fr),
    await visitor.open(ConfirmPage, '/fr/subscribe/confirm?token=x', fr),
    await visitor.open(PreferencesPage, `/fr/subscribe/preferences?token=${token}`, fr),
    await visitor.open(PreferencesPage, `/fr/subscribe/preferences?token=${mine}`, fr),
    await visitor.open(UnsubscribePage, `/fr/unsubscribe?token=${token}`, fr),
    await visitor.open(UnsubscribePage, '/fr/unsubscribe?token=x', fr),
    await eve.open(SubscriptionsPage, '/admin/subscriptions'),
  ]
  for (const { html } of pages) expect(wordsOf(html)).not.toMatch(/\bsubscribe\.[a-z]|undefined|\{|\S [;!?»]/)
  expect(webhook).toBeTruthy()
})
