import { isGreen } from './counts';
import { runNodeTests } from './node-tests';

export async function main(argv: readonly string[]): Promise<number> {
  const [what, ...filters] = argv;
  if (what === 'unit') {
    const folders = ['test/unit', 'test/golden', 'test/contract'];
    return isGreen(await runNodeTests({ folders, filters })) ? 0 : 1;
  }
  if (what === 'protocol') {
    return isGreen(await runNodeTests({ folders: ['test/protocol'], filters })) ? 0 : 1;
  }
  console.error(`Not there yet: ${what}`);
  return 2;
}
