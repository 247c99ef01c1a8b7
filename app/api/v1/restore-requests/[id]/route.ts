import { machineRoute } from '@/app/_shell/machine/machine-route'
import { catalogue } from '@/app/api/_catalogue/catalogue'

export const { GET, POST, PATCH, DELETE, OPTIONS } = machineRoute('/api/v1/restore-requests/[id]', catalogue)
