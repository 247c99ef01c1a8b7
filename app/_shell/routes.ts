import type { PolicyVerb } from '@/domain/policy'

/**
 * Every page and route handler, and the verb of the policy table that it asks for. "public": anybody; "signed-in": whoever
 * has a session, whatever their role. A file under app/ without a row here fails a test.
 */
export const routePolicies = {
  '/': 'public',
  '/healthz': 'public',
  '/readyz': 'public',
  '/language': 'public',
  '/api/auth/[...nextauth]': 'public',
  '/demo/mail': 'mail.read-sent',
  '/demo/mail/[mail]': 'mail.read-sent',
  '/demo/mail/[mail]/body': 'mail.read-sent',

  '/sign-in': 'public',
  '/sign-in/send': 'public',
  '/sign-in/sent': 'public',
  '/sign-in/link': 'public',
  '/sign-in/link/use': 'public',
  '/sign-in/whose': 'signed-in',
  '/sign-in/whose/choose': 'signed-in',
  '/sign-in/again': 'signed-in',
  '/sign-in/again/send': 'signed-in',
  '/sign-out': 'signed-in',

  '/account': 'overview.read',
  '/account/missing': 'overview.read',
  '/account/records': 'record.read',
  '/account/records/[id]': 'record.read',
  '/account/records/[id]/[ordinal]': 'record.read',
  '/account/records/[id]/[ordinal]/preview': 'record.read',
  '/account/records/[id]/[ordinal]/original': 'record.download',
  '/account/download': 'record.download',
  '/account/download/archive': 'record.download',

  '/account/devices': 'account.inspect',
  '/account/devices/new': 'account.add',
  '/account/devices/new/add': 'account.add',
  '/account/devices/[id]': 'account.inspect',
  '/account/devices/[id]/password': 'account.renew-password',
  '/account/devices/[id]/password/save': 'account.renew-password',

  '/account/restore': 'request.file',
  '/account/restore/records': 'request.file',
  '/account/restore/choose': 'request.file',
  '/account/restore/account': 'request.file',
  '/account/restore/rule': 'request.file',
  '/account/restore/check': 'request.file',
  '/account/restore/file': 'request.file',

  '/account/restores': 'request.list',
  '/account/restores/[id]': 'report.read',
  '/account/restores/[id]/filed': 'report.read',
  '/account/restores/[id]/events': 'report.read',
  '/account/restores/[id]/report': 'report.read',
  '/account/restores/[id]/resume': 'request.resume',
  '/account/restores/[id]/undo': 'request.undo',
  '/account/restores/[id]/undo/confirm': 'request.undo',

  '/support': 'queue.read',
  '/support/requests/[id]': 'queue.read',
  '/support/requests/[id]/approve': 'request.approve',
  '/support/requests/[id]/decline': 'request.decline',
  '/support/requests/[id]/resume': 'request.resume',

  '/admin': 'batch.list',
  '/admin/look': 'batch.look',
  '/admin/batches/[id]': 'batch.read',
  '/admin/batches/[id]/exceptions': 'batch.read',
  '/admin/batches/[id]/decide': 'batch.decide',
  '/admin/batches/[id]/look-again': 'batch.look',
  '/admin/work': 'task.list',
  '/admin/work/retry': 'task.retry',
  '/admin/work/resume': 'request.resume',
  '/admin/people': 'staff.list',
} as const satisfies Record<string, PolicyVerb | 'public' | 'signed-in'>

export type Route = keyof typeof routePolicies
