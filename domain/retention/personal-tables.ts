/** What the ids in a column are: the subscriber's own, or of what is theirs. */
export type PersonalIds = 'subscriber' | 'requests' | 'runs' | 'accounts'

export interface PersonalTable {
  table: string
  column: string
  ids: PersonalIds
}

/**
 * Tables whose rows are a subscriber's, by the column that says so, in an order in which they can go: what refers to another
 * comes before it. A test holds every table of the database against these and against erase-rows.ts.
 */
export const personalTables = [
  { table: 'crossings', column: 'source_id', ids: 'subscriber' },
  { table: 'crossings', column: 'target_id', ids: 'subscriber' },
  { table: 'decisions', column: 'request_id', ids: 'requests' },
  { table: 'request_approvals', column: 'request_id', ids: 'requests' },
  { table: 'request_items', column: 'request_id', ids: 'requests' },
  { table: 'request_choices', column: 'request_id', ids: 'requests' },
  { table: 'outcome_chunks', column: 'run_id', ids: 'runs' },
  { table: 'run_categories', column: 'run_id', ids: 'runs' },
  { table: 'runs', column: 'id', ids: 'runs' },
  { table: 'compensation_decisions', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'restore_answers', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'ticket_ratings', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'ticket_items', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'mass_targets', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'rule_acts', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'ticket_clocks', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'ticket_files', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'mails_in', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'ticket_merges', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'identity_checks', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'ticket_entries', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'tickets', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'restore_requests', column: 'id', ids: 'requests' },
  { table: 'account_leases', column: 'account_id', ids: 'accounts' },
  { table: 'device_accounts', column: 'id', ids: 'accounts' },
  { table: 'holdings', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'advice_shown', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'messages', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'kept_answers', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'identity_codes', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'code_guards', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'factor_changes', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'freezes', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'release_waits', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'passkeys', column: 'subscriber_id', ids: 'subscriber' },
  { table: 'sign_in_sessions', column: 'subscriber_id', ids: 'subscriber' },
] as const satisfies PersonalTable[]
