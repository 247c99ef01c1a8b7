import { fileRoute } from '@/app/_shell/file-route'

export const GET = fileRoute('/support/tickets/[id]/files/[file]')
