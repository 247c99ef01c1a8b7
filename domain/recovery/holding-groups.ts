import type { Category } from '@/domain/record/category'
import { type Examined, RecordCounts } from '@/domain/recovery/examine-content'
import { PhotoListing } from '@/domain/recovery/photo-listing'
import type { ExceptionReason } from '@/domain/recovery/subscriber-layout'
import type { Unclaimed } from '@/domain/recovery/unclaimed'
import type { CheckedFile } from '@/formats/bagit/check-files'

/** What a bag holds for one account id in one category, before anybody looked whose id that is. */
export interface HoldingGroup {
  accountId: string
  category: Category
  /** Path in the bag: the file, or the photos' folder with a trailing "/". */
  path: string
  octets: number
  digest: string
  counts: RecordCounts
}

export interface IntakeException {
  path: string
  reason: ExceptionReason
  detail: string | null
  /** The id that nobody had, and what is theirs once somebody has it; an account id or, with nothing found, a carrier's slug. */
  unknown?: { id: string; found: Unclaimed | null }
}

/** Files in path order become groups: all photos of one account id follow one another, whatever their number. */
export class HoldingGroups {
  /** Whole groups, to be taken away. */
  groups: HoldingGroup[] = []
  exceptions: IntakeException[] = []
  /** Ledger rows that belong to whole groups: where an interrupted intake goes on. */
  settledRows: number

  private photos: (HoldingGroup & { listing: PhotoListing }) | null = null

  constructor(private rows: number) {
    this.settledRows = rows
  }

  add(file: CheckedFile<Examined>): void {
    const place = file.consumed?.place
    const sha256 = file.digests.sha256
    if (this.photos && !file.path.startsWith(this.photos.path)) this.endPhotos()
    this.rows++
    if (place?.kind === 'exception') this.exceptions.push({ path: file.path, reason: place.reason, detail: null })
    else if (place && sha256 !== undefined && file.size !== null && file.consumed) {
      const counts = file.consumed.counts
      if (place.kind === 'file') {
        const { accountId, category } = place
        this.groups.push({ accountId, category, path: file.path, octets: file.size, digest: sha256, counts })
        this.noteOthers(file.path, counts)
      } else if (place.kind === 'photo') this.addPhoto(place, file.path, file.size, sha256, counts)
    }
    if (!this.photos) this.settledRows = this.rows
  }

  end(): void {
    this.endPhotos()
    this.settledRows = this.rows
  }

  private addPhoto(
    { accountId, name }: { accountId: string; name: string },
    path: string,
    octets: number,
    digest: string,
    counts: RecordCounts,
  ): void {
    this.photos ??= {
      accountId,
      category: 'photos',
      path: path.slice(0, -name.length),
      octets: 0,
      digest: '',
      counts: new RecordCounts(),
      listing: new PhotoListing(),
    }
    this.photos.listing.add({ name, digest })
    this.photos.octets += octets
    this.photos.counts.merge(counts)
  }

  private endPhotos(): void {
    if (!this.photos) return
    const { listing, ...group } = this.photos
    this.groups.push({ ...group, digest: listing.digest() })
    this.photos = null
    this.settledRows = this.rows
  }

  private noteOthers(path: string, counts: RecordCounts): void {
    const others = Object.entries(counts.others)
    if (others.length === 0) return
    const detail = others.map(([name, count]) => `${count} ${name}`).join(', ')
    this.exceptions.push({ path, reason: 'other-component', detail })
  }
}
