import { photoPreview } from '@/gateways/photo-preview'

/** A picture small enough to look at, without the place it was taken at; null where it cannot be drawn. */
export const smallPicture = (bytes: AsyncIterable<Uint8Array>, edge: number): Promise<Buffer<ArrayBuffer> | null> =>
  photoPreview(bytes, edge)
