/** Tables that are nobody's in particular, why erasure leaves them, and each of their columns of words or bytes. */
const kept: Record<string, { why: string; columns: string[] }> = {
  advice_versions: { why: 'said to everybody', columns: ['device_model', 'do_en', 'do_fr', 'do_not_en', 'do_not_fr'] },
  batch_decisions: { why: 'of staff', columns: ['reason'] },
  broadcasts: { why: 'digests, ids and how far it is', columns: ['content_digest', 'cursor', 'kind'] },
  carriers: { why: 'of a company', columns: ['country', 'name', 'slug'] },
  chain_root_heads: { why: 'chains, by ids', columns: ['hash', 'subject'] },
  chain_roots: { why: 'published', columns: ['file'] },
  compensation_exports: { why: 'counts, digests and keys', columns: ['digest', 'public_key', 'signature'] },
  compensation_runs: { why: 'counts', columns: ['amounts', 'counts'] },
  compensation_versions: { why: 'of staff', columns: ['ended_reason', 'lines', 'zone'] },
  components: {
    why: 'of the public page',
    columns: ['description_en', 'description_fr', 'name_en', 'name_fr', 'override_reason_en', 'override_reason_fr'],
  },
  erased_accounts: { why: 'a keyed digest', columns: ['account_key'] },
  erasures: {
    why: 'ids, codes and counts; the locator only while it runs',
    columns: ['asked_by', 'counts', 'decided_by', 'locator', 'source', 'subjects', 'wait_reason'],
  },
  events: {
    why: 'ids, codes and counts: the chain stays',
    columns: ['actor_id', 'actor_role', 'data', 'hash', 'kind', 'previous', 'subject'],
  },
  incident_counts: { why: 'sums', columns: ['counts'] },
  incident_updates: {
    why: 'said to everybody',
    columns: ['body_en', 'body_fr', 'components', 'reason_en', 'reason_fr'],
  },
  incidents: {
    why: 'said to everybody',
    columns: ['impact_reason_en', 'impact_reason_fr', 'slug', 'title_en', 'title_fr'],
  },
  legal_holds: {
    why: 'of staff; of holds that were on the person nothing but when, and by whom',
    columns: ['end_asked_by', 'ended_by', 'placed_by', 'reason', 'reference'],
  },
  machine_tokens: { why: 'of programs', columns: ['hash', 'name', 'previous_hash', 'scopes'] },
  macros: { why: 'of staff, for everybody', columns: ['code', 'text_en', 'text_fr'] },
  webhook_deliveries: { why: 'ids and codes', columns: ['data', 'kind', 'reason', 'subject'] },
  webhook_endpoints: { why: 'of programs', columns: ['address', 'kinds', 'secret'] },
  mass_acts: {
    why: 'of staff, for many',
    columns: ['asking_key', 'became', 'filter', 'stop_reason', 'stopped_by', 'text_en', 'text_fr', 'what'],
  },
  notice_templates: {
    why: 'of carriers',
    columns: ['body_en', 'body_fr', 'name', 'sms_en', 'sms_fr', 'title_en', 'title_fr'],
  },
  notices: {
    why: 'said to many',
    columns: [
      'audience',
      'body_en',
      'body_fr',
      'end_reason_en',
      'end_reason_fr',
      'return_reason',
      'sms_en',
      'sms_fr',
      'title_en',
      'title_fr',
    ],
  },
  postmortem_versions: { why: 'said to everybody', columns: ['body_en', 'body_fr'] },
  promises: { why: 'said to everybody', columns: ['text_en', 'text_fr'] },
  provider_paces: { why: 'names of providers', columns: ['provider'] },
  purges: { why: 'counts', columns: ['counts'] },
  recovery_batches: {
    why: 'of a whole bag; findings lose what names the person',
    columns: ['bagit_version', 'external_id', 'findings', 'name'],
  },
  rule_runs: { why: 'counts by code, and ids of tickets', columns: ['counts', 'sample'] },
  rule_versions: { why: 'of staff', columns: ['action', 'conditions', 'name'] },
  staff: { why: 'of staff', columns: ['email', 'name'] },
  staff_invitations: { why: 'of staff', columns: ['token_hash'] },
  saved_views: { why: 'of staff', columns: ['filter', 'name'] },
  service_calendars: { why: 'of a company', columns: ['extra_days', 'holidays', 'week', 'zone'] },
  staff_messages: { why: 'of staff', columns: ['dedup_key', 'template'] },
  staff_recoveries: { why: 'of staff', columns: ['asked_by', 'decided_by'] },
  status_page: { why: 'said to everybody', columns: ['name', 'override_reason_en', 'override_reason_fr'] },
  triage_hours: { why: 'counts; of persons only staff', columns: ['of'] },
  waves: { why: 'said to everybody', columns: ['note_en', 'note_fr'] },
  worker_beats: { why: 'of processes', columns: ['id', 'kind'] },
}

export const keptColumns: readonly string[] = Object.entries(kept).flatMap(([table, { columns }]) =>
  columns.map(column => `${table}.${column}`),
)
