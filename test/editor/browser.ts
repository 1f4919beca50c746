import { chromium, type Browser } from 'playwright-core';
import { HarnessFailure } from './failure';
import { chromiumPath, ensure } from './system';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the machine's own Chromium without a window. One may serve all editors of a test file. */
export async function openBrowser(): Promise<Browser> {
  await ensure('browser');
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new HarnessFailure(
      'CHROMIUM_PATH names a file that is not there. Set it to a Chromium or leave it out.',
    );
  }
  return chromium.launch({ executablePath, args: flags });
}
