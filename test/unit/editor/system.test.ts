import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { editorCache } from '../../editor/install';
import { declineMainCluster, describeMissing } from '../../editor/system';

const need = { name: 'chromium', why: 'the window of the editor in tests', isThere: () => false };

describe('what the machine must have', () => {
  test('on Debian the message names the command to type', () => {
    const text = describeMissing([need, { ...need, name: 'postgresql' }], true);
    assert.match(text, /chromium \(the window of the editor in tests\)/u);
    assert.match(text, /sudo apt-get install chromium postgresql$/u);
  });

  test('elsewhere it names no command that is not there', () => {
    assert.doesNotMatch(describeMissing([need], false), /apt-get/u);
  });

  test('a commented setting of Debian’s clusters is replaced, and others stay', () => {
    const text = '# Create a cluster\n#create_main_cluster = true\nssl = on\n';
    assert.equal(declineMainCluster(text), '# Create a cluster\nssl = on\ncreate_main_cluster = false\n');
    assert.equal(declineMainCluster(declineMainCluster(text)), declineMainCluster(text));
  });

  test('the editor’s folder: asked for, else the user’s cache', () => {
    assert.equal(editorCache({ SERVICEWRIGHT_EDITOR_CACHE: '/big/disk', XDG_CACHE_HOME: '/c' }), '/big/disk');
    assert.equal(editorCache({ XDG_CACHE_HOME: '/c' }), '/c/servicewright');
    assert.match(editorCache({}), /\.cache\/servicewright$/u);
  });
});
