// node --import tsx test/domain/retention/erase-child.ts ERASURE-ID MS: erases as of that moment, and says so before each use of the outside.
import { openServices } from '@/bin/services'
import { system } from '@/domain/actor'
import { eraseSubscriber } from '@/domain/retention/erase-subscriber'

const [erasureId = '', at = ''] = process.argv.slice(2)
const { services, close } = openServices('test')

/** The same thing, each of whose functions tells the parent first and lets it act. */
function told<T extends object>(thing: T): T {
  return new Proxy(thing, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        process.send?.(String(name))
        const result: unknown = Reflect.apply(value, target, args)
        return name === 'begin' && result instanceof Promise ? result.then(edit => told(edit)) : result
      }
    },
  })
}

const { storage, bags, sealed, copies } = services
const outside = { ...services, storage: told(storage), bags: told(bags), sealed: told(sealed), copies: told(copies) }
await eraseSubscriber(system('test'), outside, { erasureId }, new Date(Number(at)))
await close()
process.exit()
