import type { Visit } from '@/app/_shell/visit'
import { QuietButton } from '@/app/_ui/button'
import { HomewardMark } from '@/app/_ui/icon'
import { mayEver } from '@/domain/policy'
import { languageNames, otherLanguage } from '@/messages/language'
import { translator } from '@/messages/translate'

/**
 * Brand, the person's own places, language and signing out; and, while it is one, that this is a demonstration. Where it could
 * not be told who is here nothing is offered that would need it.
 */
export function Header({ visit, isKnown }: { visit: Visit; isKnown: boolean }) {
  const { t, language } = visit
  const path = visit.path.split('?', 1)[0] ?? '/'
  const places = isKnown ? placesOf(visit) : []
  // What is asked between two persons stands on the security page and has its pages beside it.
  const within = path.replace(/^\/account\/crossings(?=\/)/, '/account/security')
  // The innermost of the places that the page lies in: "/admin/work" is not also "/admin".
  const around = places
    .map(({ href }) => href)
    .filter(href => within === href || within.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0]
  // They have a row of their own, so that the language does not drop below them.
  const isCrowded = places.length > 7
  return (
    <header className="border-line border-b bg-card">
      {visit.demonstration ? <DemonstrationBar visit={visit} /> : null}
      <div className={`mx-auto flex ${widthOf(visit)} flex-wrap items-center gap-x-6 px-4 py-1.5`}>
        <a
          href={`/${language}`}
          aria-label={t('shell.brand')}
          className="inline-flex min-h-11 items-center gap-2.5 font-semibold font-serif text-[1.3125rem] text-ink no-underline hover:text-ink"
        >
          <HomewardMark className="size-7 text-accent" />
          Homeward
        </a>
        <nav
          aria-label={t('shell.mainNavigation')}
          className={`screen-only flex flex-wrap items-center gap-x-6 text-note ${isCrowded ? 'order-last basis-full' : 'max-sm:order-last max-sm:basis-full sm:ml-auto'}`}
        >
          {places.map(({ href, label }) => {
            const here = href === around
            return (
              <a
                key={href}
                href={href}
                aria-current={path === href ? 'page' : undefined}
                className={`inline-flex min-h-11 min-w-11 items-center no-underline hover:text-ink hover:underline ${here ? 'font-semibold text-ink' : 'text-quiet'}`}
              >
                {label}
              </a>
            )
          })}
        </nav>
        <div className={`screen-only text-note ${isCrowded ? 'ml-auto' : 'max-sm:ml-auto'}`}>
          {isKnown ? <LanguageSwitch visit={visit} /> : null}
        </div>
      </div>
    </header>
  )
}

/** As wide as the page between them. */
const widthOf = ({ path }: Visit) => (/^\/(support|admin|carrier)(\/|\?|$)/.test(path) ? 'max-w-console' : 'max-w-page')

function placesOf({ t, actor, session }: Visit): { href: string; label: string }[] {
  if (session === null) return [{ href: '/sign-in', label: t('shell.nav.signIn') }]
  if (actor.role === 'subscriber')
    return [
      { href: '/account', label: t('shell.nav.home') },
      { href: '/account/restores', label: t('shell.nav.requests') },
      { href: '/account/questions', label: t('conversation.own.title') },
      { href: '/account/devices', label: t('shell.nav.accounts') },
      { href: '/account/security', label: t('identity.page.title') },
    ]
  const places: { href: string; label: string }[] = []
  if (mayEver(actor, 'queue.read')) places.push({ href: '/support', label: t('shell.nav.queue') })
  if (mayEver(actor, 'content-view.list')) places.push({ href: '/support/looks', label: t('looks.list.nav') })
  if (mayEver(actor, 'decision.read')) places.push({ href: '/support/decisions', label: t('decisions.one.back') })
  if (mayEver(actor, 'figures.read')) places.push({ href: '/support/figures', label: t('figures.title') })
  if (mayEver(actor, 'notice.read')) places.push({ href: '/carrier', label: t('shell.nav.notices') })
  if (mayEver(actor, 'batch.list')) places.push({ href: '/admin', label: t('shell.nav.batches') })
  if (mayEver(actor, 'incident.console')) places.push({ href: '/admin/incidents', label: t('shell.nav.incidents') })
  if (mayEver(actor, 'task.list')) places.push({ href: '/admin/work', label: t('shell.nav.work') })
  if (mayEver(actor, 'subscription.manage'))
    places.push({ href: '/admin/subscriptions', label: t('subscribe.admin.title') })
  if (mayEver(actor, 'staff.list')) places.push({ href: '/admin/people', label: t('shell.nav.people') })
  if (mayEver(actor, 'service.read')) places.push({ href: '/admin/service', label: t('service.title') })
  if (mayEver(actor, 'compensation.read-rules'))
    places.push({ href: '/admin/compensation', label: t('compensation.title') })
  if (mayEver(actor, 'retention.read'))
    places.push(
      { href: '/admin/retention', label: t('retention.title') },
      { href: '/admin/erasures', label: t('retention.erasures.title') },
    )
  if (mayEver(actor, 'token.list')) places.push({ href: '/admin/tokens', label: t('tokens.title') })
  return places
}

function LanguageSwitch({ visit }: { visit: Visit }) {
  const other = otherLanguage(visit.language)
  return (
    <form action="/language" method="post">
      <input type="hidden" name="language" value={other} />
      <input type="hidden" name="next" value={visit.path} />
      {visit.formToken === null ? null : <input type="hidden" name="token" value={visit.formToken} />}
      <QuietButton lang={other}>
        {languageNames[other]}
        <span className="sr-only">: {translator(other)('shell.switchLanguage')}</span>
      </QuietButton>
    </form>
  )
}

function DemonstrationBar({ visit: { t } }: { visit: Visit }) {
  return (
    <p className="max-w-none bg-you-tint px-4 py-2 text-center text-note text-you">
      {t('shell.demonstration.text')}{' '}
      <a href="/demo/mail" className="screen-only -my-2 inline-flex min-h-11 items-center text-you hover:text-ink">
        {t('shell.demonstration.mail')}
      </a>
    </p>
  )
}

export function Footer({ visit }: { visit: Visit }) {
  const { t, session, people } = visit
  const several = people.subscribers.length + (people.staff === null ? 0 : 1) > 1
  return (
    <footer className="border-line border-t">
      <div
        className={`mx-auto flex ${widthOf(visit)} flex-wrap items-center gap-x-8 gap-y-2 px-4 py-6 text-note text-quiet`}
      >
        <div className="grid gap-1">
          <p>{t('shell.footer.purpose')}</p>
          <p>{t('shell.footer.privacy')}</p>
        </div>
        {session === null ? null : (
          <div className="screen-only flex flex-wrap items-center gap-x-6 sm:ml-auto">
            <span>{t('shell.signedInAs', { who: visit.name ?? session.email })}</span>
            {several ? (
              <a href="/sign-in/whose" className="inline-flex min-h-11 items-center">
                {t('shell.nav.switchPerson')}
              </a>
            ) : null}
            {mayEver(visit.actor, 'session.manage') ? (
              <a href="/security" className="inline-flex min-h-11 items-center">
                {visit.t('passkeys.title')}
              </a>
            ) : null}
            <form action="/sign-out" method="post">
              <input type="hidden" name="token" value={visit.formToken ?? ''} />
              <QuietButton>{t('shell.nav.signOut')}</QuietButton>
            </form>
          </div>
        )}
      </div>
    </footer>
  )
}
