import { fileRoute } from '@/app/_shell/file-route'

export const GET = fileRoute('/account/questions/[id]/files/[file]')
