/** `refs:` of a configuration: where references may lead beside the files of the workspace. */
import type { TreeNode } from '../tree';
import type { WebList } from '../web/access';
import { noWeb, readEntry } from '../web/access';
import { keysOf } from './help';
import type { ConfigText } from './text';

/** What is said. Whatever is wrong is told of and left out. */
export function readWeb(text: ConfigText, node: TreeNode | undefined): WebList {
  if (node === undefined) return noWeb;
  if (node.actual.kind !== 'map') {
    text.say(node, '`refs` is a mapping of `urls` and `privateHosts`.');
    return noWeb;
  }
  text.checkKeys(node, keysOf('refs'));
  const entries = text.items(node.actual.get('urls'), 'urls').flatMap((item) => {
    const written = text.text(item, 'urls');
    const entry = written === undefined ? undefined : readEntry(written);
    if (typeof entry === 'string') text.say(item, entry);
    return typeof entry === 'object' ? [entry] : [];
  });
  const privateHosts = text.items(node.actual.get('privateHosts'), 'privateHosts').flatMap((item) => {
    const host = text.text(item, 'privateHosts')?.toLowerCase();
    if (host !== undefined && !isHost(host))
      text.say(item, `\`${host}\` is no host; write it as in schemas.example.com.`);
    return host !== undefined && isHost(host) ? [host] : [];
  });
  return { entries, privateHosts };
}

const isHost = (text: string): boolean => /^(?:[a-z\d_.-]+|\[[\da-f:.]+\])$/.test(text);
