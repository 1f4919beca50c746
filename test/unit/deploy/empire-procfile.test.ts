import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { procfileFaults } from '../../../src/deploy/providers/empire/procfile';

const clean: Readonly<Record<string, string>> = {
  'the plain form': 'web: gunicorn config.wsgi --bind 0.0.0.0:8080\nworker: celery -A app worker\n',
  'the extended form': [
    'web:',
    '  command: gunicorn config.wsgi',
    '  ports:',
    '    - "80:8080":',
    '        protocol: http',
    '  environment:',
    '    A: "1"',
    'nightly:',
    '  command: [python, manage.py, nightly]',
    "  cron: '0 3 * * ? *'",
    'migrate:',
    '  command: python manage.py migrate',
    '  noservice: true',
    '',
  ].join('\n'),
  'a shell of its own': `web: sh -c 'exec gunicorn --bind 0.0.0.0:$PORT && echo "over"'\n`,
  'quotes that hold what means something elsewhere': `web: python -c 'import os; print(os.environ["A"])' --name "a; b"\n`,
  'words that YAML takes for other things': 'web: yes\nworker: 42\n',
};
for (const [name, text] of Object.entries(clean))
  test(`${name} is taken as it is`, () => assert.deepEqual(procfileFaults(text), []));

const faulty: readonly (readonly [name: string, text: string, fault: RegExp])[] = [
  ['nothing', '', /names no process/],
  ['a list', '- web\n', /names no process/],
  ['a colon in a command', 'web: serve --log "x" level: info\n', /^line 1: as YAML.*quotes/],
  ['both forms', 'web: serve\nworker:\n  command: work\n', /one form for all/],
  ['no command', 'web:\nworker: work\n', /line 1: web has no command/],
  ['settings without a command', 'web:\n  ports: ["80"]\n', /web has no command/],
  ['a comment that is part of a command', 'web: serve # all of it\n', /what follows # is left out/],
  ['a setting of docker-compose', 'web:\n  command: serve\n  image: x\n', /image means nothing/],
  ['five fields of cron', "n:\n  command: x\n  cron: '0 3 * * *'\n", /six fields/],
  ['a variable', 'web: gunicorn --bind 0.0.0.0:$PORT\n', /\$PORT stays as it is/],
  ['a variable in double quotes', 'web: serve "${HOST}"\n', /\$\{HOST\} stays as it is/],
  ['exec', 'web: exec gunicorn\n', /which alone knows exec/],
  ['a variable before', 'web: A=1 serve\n', /can't stand before/],
  ['two commands', 'web: migrate && serve\n', /ends at &/],
  ['an open quote', `web: 'serve "x'\n`, /quotes do not close/],
];
for (const [name, text, fault] of faulty)
  test(`${name} is told`, () => {
    const [first = ''] = procfileFaults(text);
    assert.match(first, fault);
  });

test('the Procfiles that services are made with are taken as they are', () => {
  for (const template of ['django-service', 'django-worker']) {
    const text = readFileSync(`templates/${template}/files/Procfile.hbs`, 'utf8');
    const [, empire = ''] = /\{\{#if \(eq paas "empire"\)\}\}\n([\s\S]*?)\{\{else\}\}/.exec(text) ?? [];
    assert.match(empire, /command:/);
    assert.deepEqual(procfileFaults(empire.replaceAll(/\{\{.*\}\}\n/g, '')), []);
  }
});
