import { answerFile } from '@/app/_shell/answer-file'
import { dataRoute } from '@/app/_shell/data-route'

export const GET = dataRoute('/account/questions/[id]/files/[file]', answerFile)
