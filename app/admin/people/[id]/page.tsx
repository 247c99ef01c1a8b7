import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Card, Facts } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { MemberActs } from '@/app/admin/people/[id]/member-acts'
import { Recovery } from '@/app/admin/people/[id]/recovery'
import { findStaffMember } from '@/domain/identity/find-staff-member'
import { mayEver } from '@/domain/policy'

const did = ['added', 'invited', 'role', 'languages', 'ended', 'asked', 'approved', 'refused'] as const

/** One person who works here: their ways in, and what an administrator may do about them. */
export default page('/admin/people/[id]', async (visit, { params, query }) => {
  const { t, dates, actor } = visit
  const [member, form] = await Promise.all([
    findStaffMember(actor, params.id ?? ''),
    formState(visit, query.one('form'), 'admin.people.errors', 'atHand.errors'),
  ])
  const done = did.find(one => one === query.one('done'))
  const { name, email, role, carrierName, createdAt, leftAt, passkeys, lastUsedAt, sessions, invitedUntil } = member
  const changes = leftAt === null && mayEver(actor, 'staff.change')
  return (
    <ConsolePage
      title={name}
      tag={
        leftAt === null ? null : (
          <StandingTag standing="gone">{t('admin.people.left', { day: dates.day(leftAt) })}</StandingTag>
        )
      }
      back={{ href: '/admin/people', label: t('admin.people.title') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {form.returned || done === undefined ? null : (
        <Notice standing="ok" title={t(`admin.people.done.${done}`, { name })} />
      )}
      <Card>
        <Facts
          rows={[
            { term: t('admin.people.columns.email'), value: <span className="[overflow-wrap:anywhere]">{email}</span> },
            { term: t('admin.people.columns.role'), value: t(`signIn.roles.${role}`) },
            { term: t('admin.people.columns.carrier'), value: carrierName ?? t('admin.people.every') },
            { term: t('admin.people.columns.since'), value: dates.day(createdAt) },
            {
              term: t('admin.people.keys'),
              value:
                lastUsedAt === null
                  ? t('admin.people.keyCount', { count: passkeys })
                  : t('admin.people.keyCountUsed', { count: passkeys, moment: dates.moment(lastUsedAt) }),
            },
            { term: t('admin.people.sessions'), value: t('admin.people.sessionCount', { count: sessions }) },
            {
              term: t('admin.people.invitation'),
              value:
                invitedUntil === null
                  ? t('admin.people.notInvited')
                  : t('admin.people.invitedUntil', { moment: dates.moment(invitedUntil) }),
            },
          ]}
        />
      </Card>
      {leftAt === null ? <Recovery visit={visit} member={member} /> : null}
      {changes ? <MemberActs visit={visit} member={member} form={form} /> : null}
    </ConsolePage>
  )
})
