import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { may } from '@/domain/policy'
import { listStaff } from '@/domain/subscriber/list-staff'

/** Who works here, as what and for whom. */
export default page('/admin/people', async visit => {
  const { t, dates, actor } = visit
  const staff = await listStaff(actor)
  const title = t('admin.people.title')
  return (
    <ConsolePage
      title={title}
      lead={t('admin.people.lead')}
      act={
        may(actor, 'staff.add', { carrierId: null, subscriberId: null }) ? (
          <LinkButton href="/admin/people/new">{t('admin.people.new.title')}</LinkButton>
        ) : null
      }
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card className="py-1!">
        {staff.length === 0 ? (
          <p className="py-3">{t('admin.people.empty')}</p>
        ) : (
          <ReflowTable
            caption={t('admin.people.caption')}
            columns={[
              { head: t('admin.people.columns.name') },
              { head: t('admin.people.columns.role') },
              { head: t('admin.people.columns.carrier') },
              { head: t('admin.people.columns.email') },
              { head: t('admin.people.columns.since') },
            ]}
            rows={staff.map(({ id, name, role, carrierName, email, createdAt, leftAt, language }) => ({
              key: id,
              cells: [
                <div key="name">
                  <a className="inline-flex min-h-9 items-center font-semibold" href={`/admin/people/${id}`}>
                    {name}
                  </a>
                  <Quiet>{t(`support.languages.${language}`)}</Quiet>
                </div>,
                t(`signIn.roles.${role}`),
                carrierName ?? t('admin.people.every'),
                <span key="email" className="[overflow-wrap:anywhere]">
                  {email}
                </span>,
                leftAt === null ? (
                  dates.day(createdAt)
                ) : (
                  <StandingTag key="left" standing="gone">
                    {t('admin.people.left', { day: dates.day(leftAt) })}
                  </StandingTag>
                ),
              ],
            }))}
          />
        )}
      </Card>
    </ConsolePage>
  )
})
