import { storedFindings } from '@/domain/recovery/intake-findings'
import { type Prisma, reader } from '@/domain/transaction'
import { Findings } from '@/formats/bagit/finding'
import type { BagSurvey } from '@/formats/bagit/survey-bag'

/** Keeps what a look at an arriving bag saw, for the next look to compare with and for people who wait. */
export async function noteLook(batchId: string, survey: BagSurvey, bag: Findings): Promise<void> {
  await reader('every-carrier').recoveryBatch.updateMany({
    where: { id: batchId, status: 'arriving' },
    data: {
      seenOctets: survey.payload.octets,
      seenFiles: survey.payload.files,
      seenAt: new Date(),
      checkedFiles: 0,
      findings: storedFindings(bag, new Findings(), []) as unknown as Prisma.InputJsonValue,
    },
  })
}
