import { NotThere } from '@/app/_shell/trouble'
import { currentVisit } from '@/app/_shell/visit'

/** Addresses that no route answers. */
export default async function NotFound() {
  return <NotThere visit={await currentVisit()} />
}
