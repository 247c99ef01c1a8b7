import { rootText } from '@/domain/evidence/root-file'
import type { Chance } from '@/test/campaign/chance'
import type { Tamper } from '@/test/campaign/tamper'

/** With one letter of it another. */
export const letter = (text: string, chance: Chance): string => {
  const at = chance.between(0, text.length - 1)
  return `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`
}

const spoils = [
  'head column',
  'head put in',
  'day',
  'head',
  'older head',
  'file',
  'delete root',
  'newest root',
  'row of a root',
  'older copy',
  'all roots',
] as const

/** Something in the tables of roots and heads, and the chain that tells of them. */
export const spoilRoots: Tamper = async (world, chance) => {
  const number = chance.between(1, world.roots.length)
  switch (chance.pick(spoils)) {
    case 'head':
      await world.owner.query(
        `DELETE FROM chain_root_heads WHERE (subject, root_number) = (
           SELECT subject, root_number FROM chain_root_heads h WHERE root_number = (
             SELECT max(root_number) FROM chain_root_heads n WHERE n.subject = h.subject) ORDER BY subject OFFSET $1 LIMIT 1)`,
        [chance.between(0, world.heads.size - 1)],
      )
      return { how: 'delete a kept head' }
    case 'head column': {
      const column = chance.pick(['seq', 'hash', 'subject', 'root_number'] as const)
      const other = {
        seq: `h.seq + ${chance.pick([-1, 1, 100])}`,
        hash: `sha256(h.hash)`,
        subject: `h.subject || 'z'`,
        root_number: `h.root_number + ${chance.pick([-1, 2])}`,
      }[column]
      const { rowCount } = await world.owner.query(
        `UPDATE chain_root_heads h SET ${column} = ${other} WHERE (h.subject, h.root_number) = (
           SELECT subject, root_number FROM chain_root_heads ORDER BY subject, root_number OFFSET $1 LIMIT 1)
         -- Two heads of one subject in one root the table itself refuses.
         AND NOT EXISTS (SELECT FROM chain_root_heads o WHERE (o.subject, o.root_number) =
           (${column === 'subject' ? other : 'h.subject'}, ${column === 'root_number' ? other : 'h.root_number'})
           AND $2)`,
        [chance.between(0, world.heads.size - 1), column === 'subject' || column === 'root_number'],
      )
      return rowCount === 0 ? null : { how: `edit ${column} of a kept head` }
    }
    case 'head put in':
      await world.owner.query(
        `INSERT INTO chain_root_heads (subject, root_number, seq, hash)
         SELECT subject || 'z', root_number, seq, hash FROM chain_root_heads ORDER BY subject OFFSET $1 LIMIT 1`,
        [chance.between(0, world.heads.size - 1)],
      )
      return { how: 'put in a head' }
    case 'day': {
      const column = chance.pick([`day = day + 7`, `number = number + 7`])
      await world.owner.query(`UPDATE chain_roots SET ${column} WHERE number = $1`, [number])
      return { how: 'edit a root’s day or number' }
    }
    case 'file': {
      const file = rootText(world.roots[number - 1]!)
      await world.owner.query('UPDATE chain_roots SET file = $1 WHERE number = $2', [letter(file, chance), number])
      return { how: 'edit a root' }
    }
    case 'delete root':
      await world.owner.query('DELETE FROM chain_roots WHERE number = $1', [number])
      return { how: 'delete a root' }
    case 'older head': {
      const { rowCount } = await world.owner.query(
        `DELETE FROM chain_root_heads WHERE (subject, root_number) = (
           SELECT subject, root_number FROM chain_root_heads h WHERE EXISTS (
             SELECT FROM chain_root_heads n WHERE n.subject = h.subject AND n.root_number > h.root_number)
           ORDER BY subject OFFSET $1 LIMIT 1)`,
        [chance.between(0, world.heads.size - 1)],
      )
      return rowCount === 0 ? null : { how: 'delete a head that has grown since' }
    }
    case 'newest root': {
      await world.owner.query('DELETE FROM chain_root_heads WHERE root_number = $1', [world.roots.length])
      await world.owner.query('DELETE FROM chain_roots WHERE number = $1', [world.roots.length])
      return { how: 'delete the newest root and its heads' }
    }
    case 'row of a root': {
      const seq = world.roots.length
      await world.owner.query(`DELETE FROM events WHERE subject = 'evidence:roots' AND seq = $1`, [seq])
      return { how: 'delete the row of a root', first: { subject: 'evidence:roots', seq, code: 'cut' } }
    }
    case 'older copy': {
      const { id } = world.events.find(one => one.subject === 'evidence:roots')!
      for (const table of ['chain_root_heads WHERE root_number', 'chain_roots WHERE number', 'events WHERE id'])
        await world.owner.query(`DELETE FROM ${table} > $1`, [table.endsWith(' id') ? id : 1])
      return { how: 'put back an older copy of everything', needsKept: true }
    }
    default:
      await world.owner.query('DELETE FROM chain_roots')
      await world.owner.query('DELETE FROM chain_root_heads')
      if (chance.between(0, 1)) return { how: 'delete all roots' }
      await world.owner.query('DELETE FROM events')
      return { how: 'delete everything', needsKept: true }
  }
}
