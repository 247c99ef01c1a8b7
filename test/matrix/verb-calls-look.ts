import { randomUUID } from 'node:crypto'
import { type Actor, actorId } from '@/domain/actor'
import { findContentView } from '@/domain/record/find-content-view'
import { listContentViews, listOwnContentViews } from '@/domain/record/list-content-views'
import { openContentView } from '@/domain/record/open-content-view'
import { listViewedRecords, openViewedPhoto, readViewedRecord } from '@/domain/record/read-viewed'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

/** The actor's own look at a holding, as it was opened when they still had the right. */
const lookOf = ({ looks }: VerbWorld, actor: Actor, holdingId: string): string =>
  looks.get(`${actorId(actor)} ${holdingId}`) ?? randomUUID()

/** What records say, for staff with a reason; and who looked. */
export const lookCalls: Calls = {
  'record/open-content-view.ts openContentView': {
    verb: 'content.view',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    call: (_, actor, { contacts: holdingId }) =>
      openContentView(actor, { holdingId, requestId: null, reason: 'asked', note: 'They asked us to look.' }),
  },
  'record/find-content-view.ts findContentView': {
    verb: 'content.view',
    about: 'subscriber',
    call: (world, actor, { contacts }) => findContentView(actor, lookOf(world, actor, contacts)),
  },
  'record/read-viewed.ts listViewedRecords': {
    verb: 'content.view',
    about: 'subscriber',
    call: (world, actor, { contacts }) => {
      const viewId = lookOf(world, actor, contacts)
      return listViewedRecords(actor, world.services.storage, { viewId, page: 1, search: '', state: null })
    },
  },
  'record/read-viewed.ts readViewedRecord': {
    verb: 'content.view',
    about: 'subscriber',
    call: (world, actor, { contacts }) =>
      readViewedRecord(actor, world.services.storage, { viewId: lookOf(world, actor, contacts), ordinal: 0 }),
  },
  'record/read-viewed.ts openViewedPhoto': {
    verb: 'content.view',
    about: 'subscriber',
    call: async (world, actor, { photos }) => {
      const viewId = lookOf(world, actor, photos)
      const { name, size } = await openViewedPhoto(actor, world.services.storage, { viewId, ordinal: 0 })
      return { name, size }
    },
  },
  'record/list-content-views.ts listContentViews': {
    verb: 'content-view.list',
    about: 'own list',
    call: (_, actor) => listContentViews(actor),
    // A page is full of the latest; test/domain/record/content-views.test.ts says whom it names.
    tells: false,
  },
  'record/list-content-views.ts listOwnContentViews': {
    verb: 'security.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listOwnContentViews(actor),
  },
}
