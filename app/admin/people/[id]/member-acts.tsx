import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { WorkLanguages } from '@/app/support/work-languages'
import { staffRoles } from '@/domain/actor'
import type { StaffMemberPage } from '@/domain/identity/find-staff-member'

/** Invite, change the role, end sessions, remove. Nobody does it to themselves: another administrator must. */
export function MemberActs({ visit, member, form }: { visit: Visit; member: StaffMemberPage; form: FormState }) {
  const { t, formToken, session } = visit
  const { id, name, role, passkeys, sessions, invitedUntil, languages } = member
  const at = `/admin/people/${id}`
  if (session?.staffId === id) return <p>{t('admin.people.errors.staff-oneself')}</p>
  return (
    <Card>
      <div className="grid gap-6">
        {passkeys > 0 ? null : (
          <Part>
            <h2>{t('admin.people.invite.title')}</h2>
            <p>{t('admin.people.invite.text')}</p>
            <Form action={`${at}/invite`} token={formToken}>
              <div>
                <Button>{invitedUntil === null ? t('admin.people.invite.do') : t('admin.people.invite.again')}</Button>
              </div>
            </Form>
          </Part>
        )}
        <Part>
          <h2>{t('admin.people.role.title')}</h2>
          <Form action={`${at}/role`} token={formToken} hidden={{ from: role }}>
            <SelectField
              name="role"
              label={t('admin.people.role.label')}
              hint={t('admin.people.role.text')}
              value={role}
              options={staffRoles.map(value => ({ value, label: t(`signIn.roles.${value}`) }))}
            />
            <div>
              <Button look="plain">{t('admin.people.role.do')}</Button>
            </div>
          </Form>
        </Part>
        {languages === null ? null : (
          <Form action={`${at}/languages`} token={formToken}>
            <WorkLanguages visit={visit} chosen={languages} form={form} />
            <div>
              <Button look="plain">{t('atHand.working.save')}</Button>
            </div>
          </Form>
        )}
        {sessions === 0 ? null : (
          <Part>
            <h2>{t('admin.people.end.title')}</h2>
            <p>{t('admin.people.end.text')}</p>
            <Form action={`${at}/sessions/end`} token={formToken}>
              <div>
                <Button look="plain">{t('admin.people.end.do')}</Button>
              </div>
            </Form>
          </Part>
        )}
        <Disclosure summary={t('admin.people.remove.title', { name })}>
          <Form action={`${at}/remove`} token={formToken}>
            <p>{t('admin.people.remove.text')}</p>
            <div>
              <Button look="stern">{t('admin.people.remove.do')}</Button>
            </div>
          </Form>
        </Disclosure>
      </div>
    </Card>
  )
}
