import type { Standing } from '@/app/_ui/icon'
import type { listAccounts } from '@/domain/restore/list-accounts'

type Status = Awaited<ReturnType<typeof listAccounts>>[number]['status']

export const accountStanding: Record<Status, Standing> = {
  ready: 'ok',
  needs_password: 'you',
  full: 'you',
  unreachable: 'bad',
  removed: 'gone',
}
