import process from 'node:process';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import type { Counts } from './counts';
import { HarnessFailure } from './failure';
import { bundleHostSuite, withResults } from './host-suite';
import { build, withWorkspaceCopy } from './package';
import { resultsVariable } from '../host/runner/results';

/** The in-host suite in a VS Code that is downloaded (once), with the extension loaded from this folder. */
export async function runElectronSuite(): Promise<Counts> {
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined) {
    throw new HarnessFailure(
      'VS Code needs a display. Run it under `xvfb-run -a`, or use `node test/run.mjs host`.',
    );
  }
  const vscodeExecutablePath = await download();
  await build();
  const suite = await bundleHostSuite();
  return withWorkspaceCopy((workspace) =>
    withResults(async (results) => {
      const ran = runTests({
        vscodeExecutablePath,
        extensionDevelopmentPath: process.cwd(),
        extensionTestsPath: suite,
        extensionTestsEnv: { [resultsVariable]: results.file },
        launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
      });
      // Failed tests end the editor with an error too; they are told by the results.
      const failed = await ran.then(
        () => false,
        () => true,
      );
      const counts = await results.counts();
      if (failed && counts.failed === 0) throw new HarnessFailure('VS Code ended before the suite did.');
      return counts;
    }),
  );
}

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode('stable');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HarnessFailure(
      `VS Code cannot be downloaded here (${reason}). \`node test/run.mjs host\` runs the same suite in code-server.`,
      { cause: error },
    );
  }
}
