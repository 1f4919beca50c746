import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysRead } from '../../../../src/deploy/preflight/config-keys';
import { lacking } from '../../../../src/deploy/preflight/config-notes';

const read = (source: string): readonly string[] =>
  keysRead(source).map(({ name, need, line }) => `${line + 1} ${name} ${need}`);

test('what os.environ gives: by index, by get, by pop, by getenv', () => {
  const source = `import os
KEY = os.environ["SECRET_KEY"]
HOST = os.environ.get("HOST")
PORT = os.environ.get('PORT', "8000")
os.environ["DJANGO_SETTINGS_MODULE"] = "config"
del os.environ["OLD"]
same = os.environ["MODE"] == "live"
a = os.getenv("A"); b = os.getenv("B", "b"); c = os.environ.pop("C")
os.environ.setdefault("D", "d")
`;
  assert.deepEqual(read(source), [
    '2 SECRET_KEY required',
    '3 HOST optional',
    '4 PORT default',
    '7 MODE required',
    '8 A optional',
    '8 B default',
    '8 C required',
  ]);
});

test('django-environ, environs and decouple: a default makes it optional, also in the scheme', () => {
  const source = `from environ import Env
env = Env(DEBUG=(bool, False))
DEBUG = env("DEBUG")
HOSTS = env.list("HOSTS", default=["a", "b"])
LIMIT = env.int(
    "LIMIT",  # no default="x" here
    validate=lambda n: dict(default=n),
)
request.env("NOT_THIS")
`;
  assert.deepEqual(read(source), ['3 DEBUG default', '4 HOSTS default', '6 LIMIT required']);
  assert.deepEqual(read('from decouple import config\nX = config("X")\nY = config("Y", default=1)\n'), [
    '2 X required',
    '3 Y default',
  ]);
  assert.deepEqual(read('X = config("X")\nimport environ\n'), [], 'some other config');
});

test('a table of what is required, comments, documentation and formatted strings', () => {
  const source = `"""Reads os.environ["NOT_THIS"]."""
# os.environ["NOR_THIS"]
REQUIRED = {
    "DATABASE_URL": "its database, as in \\"postgres://\\"",
    "SECRET_KEY": ["kept", "secret"],
}
x = os.environ[f"{prefix}_X"]
y = os.environ["lost
z = os.environ["Z"]
`;
  assert.deepEqual(read(source), ['9 Z required', '4 DATABASE_URL required', '5 SECRET_KEY required']);
});

test('what the target lacks: a key that any place needs is needed, what every process has is not asked for', () => {
  const reads = [
    ...keysRead('import os\na = os.getenv("A")\nb = os.environ["B"]\np = os.environ["PORT"]'),
    ...keysRead('import os\na = os.environ["A"]\nc = os.getenv("C")\nd = os.getenv("D", "d")'),
  ].map((one) => ({ ...one, path: 'config/settings.py' }));
  const notes = lacking(reads, new Set(['B']), 'staging');
  assert.deepEqual(notes, [
    {
      level: 'warning',
      code: 'deploy/config-missing',
      message: 'The code needs A, which staging does not have.',
      details: ['A in config/settings.py:2'],
    },
    {
      level: 'info',
      code: 'deploy/config-optional',
      message: 'The code also reads C, which staging does not have.',
      details: ['C in config/settings.py:3'],
    },
  ]);
  assert.deepEqual(lacking(reads, new Set(['A', 'B', 'C']), 'staging'), []);
});
