/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Photos are personal: no optimizer that fetches and caches them.
  images: { unoptimized: true },
  // `npm test` checks types, once and with the tests.
  typescript: { ignoreBuildErrors: true },
  // Loaded as they are: native code, or files found beside their own source.
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    'bullmq',
    'ioredis',
    'nodemailer',
    'pg',
    'pino',
    'sharp',
  ],
}
