import sharp from 'sharp'
import type { Chance } from '@/prisma/demonstration/chance'

/** A small drawn landscape as a JPEG: something to recognise in a preview, and nobody's photo. */
export async function landscape(chance: Chance): Promise<Buffer> {
  const hue = chance.between(0, 359)
  const hills = Array.from({ length: 3 }, (_, i) => {
    const base = 260 + i * 60
    const peaks = Array.from({ length: 7 }, (_, x) => `${x * 107},${base - chance.between(0, 90)}`).join(' ')
    return `<polygon points="0,480 ${peaks} 640,480" fill="hsl(${(hue + 120 + i * 18) % 360},35%,${52 - i * 12}%)"/>`
  })
  const sky = `<linearGradient id="s" x2="0" y2="1"><stop stop-color="hsl(${hue},60%,58%)"/><stop offset="1" stop-color="hsl(${(hue + 30) % 360},75%,86%)"/></linearGradient>`
  const sun = `<circle cx="${chance.between(80, 560)}" cy="${chance.between(70, 170)}" r="38" fill="hsl(${(hue + 40) % 360},90%,92%)"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><defs>${sky}</defs><rect width="640" height="480" fill="url(#s)"/>${sun}${hills.join('')}</svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer()
}
