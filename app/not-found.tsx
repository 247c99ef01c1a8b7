import { NotThere } from '@/app/_shell/trouble'
import { visitOrAnybody } from '@/app/_shell/visit'

/** Addresses that no route answers. */
export default async function NotFound() {
  const { visit } = await visitOrAnybody()
  return <NotThere visit={visit} />
}
