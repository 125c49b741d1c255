// A browser, and steps that are told of one by one, with a picture of each.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Starts Chromium without a window. */
export const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** Takes all steps, also after one that failed, and fails if one did. `page` answers what the picture is of. */
export async function take(steps, pictures, page) {
  let failed = 0;
  let number = 0;
  for (const [name, step] of Object.entries(steps)) {
    number++;
    try {
      await step();
      console.log(`ok   ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}\n     ${String(error.message).split('\n').slice(0, 6).join('\n     ')}`);
    }
    await page().screenshot({ path: join(pictures, `${String(number).padStart(2, '0')} ${name}.png`) });
  }
  assert.equal(failed, 0, `${failed} steps failed`);
}
