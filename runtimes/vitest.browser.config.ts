/** The behaviour of `mooring` in headless Chromium. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/** Without any of these playwright looks for a browser of its own. */
const executablePath = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find(existsSync);

export default defineConfig({
  root: fileURLToPath(new URL('../runtime', import.meta.url)),
  ...(process.env['AWAIT_USING'] === 'native' && { oxc: { target: 'esnext' } }),
  resolve: {
    alias: { 'node:timers': fileURLToPath(new URL('browser-timers.ts', import.meta.url)) },
  },
  server: { fs: { allow: ['..'] } },
  test: {
    include: ['tests/**/*.test.ts'],
    // What asks Node for something that no browser has.
    exclude: ['tests/docs/**', 'tests/node/**', 'tests/properties/**'],
    reporters: ['dot'],
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: {
          ...(executablePath && { executablePath }),
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
    },
  },
});
