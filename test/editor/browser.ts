import { chromium, type Browser } from 'playwright-core';
import { HarnessFailure } from './failure';
import { chromiumPath } from './system';

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
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new HarnessFailure('There is no Chromium. Install it, or set CHROMIUM_PATH to one.');
  }
  return chromium.launch({ executablePath, args: flags });
}
