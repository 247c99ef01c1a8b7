import { visitOrAnybody } from '@/app/_shell/visit'
import { KeyTable } from '@/app/support/key-table'
import { Keys } from '@/app/support/keys'
import { mayEver } from '@/domain/policy'

/** Every page of the console: below it the keys that act in it, for those whose own they are. */
export default async function Layout({ children }: { children: React.ReactNode }) {
  const { visit } = await visitOrAnybody()
  const { t, actor, people, formToken } = visit
  const staff = people.staff
  const shows = staff !== null && 'staffId' in actor && mayEver(actor, 'working.choose')
  return (
    <>
      {children}
      {shows ? (
        <Keys
          on={staff.shortcuts}
          token={formToken ?? ''}
          words={{
            open: t('atHand.keys.open'),
            title: t('atHand.keys.title'),
            lead: t('atHand.keys.lead'),
            close: t('atHand.keys.close'),
            nothing: t('atHand.keys.nothing'),
            state: t(staff.shortcuts ? 'atHand.working.on' : 'atHand.working.off'),
            switch: t(staff.shortcuts ? 'atHand.working.switchOff' : 'atHand.working.switchOn'),
            working: t('atHand.working.link'),
          }}
        >
          <KeyTable visit={visit} />
        </Keys>
      ) : null}
    </>
  )
}
