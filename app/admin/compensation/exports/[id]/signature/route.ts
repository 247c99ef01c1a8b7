import { attachment, dataRoute } from '@/app/_shell/data-route'
import { exportSignature } from '@/domain/compensation/open-export'

/** The signature of an export, as it lies beside the file for "evidence verify". */
export const GET = dataRoute(
  '/admin/compensation/exports/[id]/signature',
  async ({ actor }, { params: { id = '' } }) => {
    return new Response(await exportSignature(actor, id), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': attachment(`homeward-compensation-${id}.csv.sig.json`),
        'cache-control': 'private, no-store',
      },
    })
  },
)
