import { smallPicture } from '@/app/_shell/preview'

/** A small picture without the place it was taken at; a drawing of "no picture" where it cannot be drawn. */
export async function pictureOf(bytes: AsyncIterable<Uint8Array>, size: string | undefined): Promise<Response> {
  const preview = await smallPicture(bytes, size === 'small' ? 400 : 1600)
  const headers = { 'cache-control': 'private, no-store' }
  if (preview === null) return new Response(noPicture, { headers: { ...headers, 'content-type': 'image/svg+xml' } })
  return new Response(preview, { headers: { ...headers, 'content-type': 'image/jpeg' } })
}

const noPicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" width="320" height="240"><rect width="320" height="240" fill="#d8d5ce"/><path d="M110 150l34-44 26 32 16-18 26 30zM128 96a9 9 0 1 0 .1 0" fill="none" stroke="#6b6f76" stroke-width="6" stroke-linejoin="round"/><path d="M92 184L228 56" stroke="#6b6f76" stroke-width="6"/></svg>`
