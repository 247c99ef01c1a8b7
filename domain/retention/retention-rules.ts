import { isHeldSql } from '@/domain/retention/legal-hold'
import type { RetentionName } from '@/domain/retention/retention-periods'
import { Prisma } from '@/domain/transaction'

/** Rows that go, or lose a column, once they are older than `before`. Kinds of one table are told apart by their condition. */
export interface RowRule {
  table: string
  /** Over the table's row `t`. */
  where: (before: Date) => Prisma.Sql
  /** Only this column is emptied; without it the row goes. */
  empties?: string
}

const at = (before: Date) => Prisma.sql`${before}::timestamptz`
const notHeld = Prisma.sql`NOT ${isHeldSql(Prisma.sql`t.subscriber_id`, Prisma.sql`t.carrier_id`)}`

/** Which rows the periods are about. Snapshots, plans, mail and copies lie in files: purge.ts. */
export const retentionRules: Record<Exclude<RetentionName, 'archives' | 'copies' | 'mails'>, RowRule> = {
  sessions: { table: 'sign_in_sessions', where: before => Prisma.sql`t.expires < ${at(before)}` },
  'sign-in-links': { table: 'sign_in_tokens', where: before => Prisma.sql`t.expires < ${at(before)}` },
  codes: { table: 'identity_codes', where: before => Prisma.sql`t.expires_at < ${at(before)} AND ${notHeld}` },
  challenges: { table: 'passkey_challenges', where: before => Prisma.sql`t.expires < ${at(before)}` },
  forms: { table: 'kept_forms', where: before => Prisma.sql`t.created_at < ${at(before)}` },
  invitations: { table: 'staff_invitations', where: before => Prisma.sql`t.expires < ${at(before)}` },
  answers: { table: 'kept_answers', where: before => Prisma.sql`t.answered_at < ${at(before)}` },
  'webhook-deliveries': { table: 'webhook_deliveries', where: before => Prisma.sql`t.settled_at < ${at(before)}` },
  tasks: { table: 'tasks', where: before => Prisma.sql`t.status = 'done' AND t.done_at < ${at(before)}` },
  messages: { table: 'messages', where: before => Prisma.sql`t.sent_at < ${at(before)} AND ${notHeld}` },
  deliveries: {
    table: 'deliveries',
    where: before => Prisma.sql`t.settled_at < ${at(before)} AND (t.subscriber_id IS NULL OR ${notHeld})`,
  },
  'previous-addresses': {
    table: 'factor_changes',
    where: before => Prisma.sql`t.previous IS NOT NULL AND t.noted_at < ${at(before)} AND ${notHeld}`,
    empties: 'previous',
  },
  unconfirmed: {
    table: 'subscriptions',
    where: before => Prisma.sql`t.status = 'unconfirmed' AND coalesce(t.confirm_until, t.created_at) < ${at(before)}`,
  },
  'ended-subscriptions': {
    table: 'subscriptions',
    where: before => Prisma.sql`t.status = 'ended' AND t.ended_at < ${at(before)}`,
  },
  hosts: {
    table: 'hosts',
    where: before =>
      Prisma.sql`t.updated_at < ${at(before)} AND (t.not_before IS NULL OR t.not_before < ${at(before)})`,
  },
  beats: { table: 'worker_beats', where: before => Prisma.sql`t.beat_at < ${at(before)}` },
}
