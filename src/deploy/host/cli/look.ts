import type { CliCommand } from '../../../base/cli';
import { noSuchApp } from '../../errors';
import type { Formation, TargetStatus } from '../../provider';
import type { DeployRecord } from '../../records';
import type { Release } from '../../release';
import type { DeployCli } from './common';
import { choose, json, printJson, to } from './common';

export function releasesCommand(cli: DeployCli): CliCommand {
  return {
    name: 'releases',
    usage: '[dir]',
    summary: 'List the releases of a service, newest first.',
    positionals: { min: 0, max: 1 },
    options: {
      to,
      max: { type: 'string', value: '<n>', description: 'How many, at most; all unless said.' },
      json,
    },
    async run(input, context) {
      const { target, provider } = await choose(cli, input, context);
      const most = Math.trunc(Number(input.text('max') ?? '0')) || undefined;
      const releases = await provider.releases(target, context.signal, most);
      if (input.flag('json'))
        printJson(context, { app: target.app, environment: target.environment.name, releases });
      else for (const one of releases) context.out(`${row(one)}\n`);
      return 0;
    },
  };
}

function row(release: Release): string {
  const commit =
    release.commit === undefined ? '' : `${release.commit.slice(0, 7)}${release.dirty ? '+' : ''}`;
  return [
    `v${release.version}`.padEnd(5),
    release.status.padEnd(8),
    release.createdAt,
    commit.padEnd(8),
    release.description,
  ].join(' ');
}

export function psCommand(cli: DeployCli): CliCommand {
  return {
    name: 'ps',
    usage: '[dir]',
    summary: 'Show the processes of a service.',
    positionals: { min: 0, max: 1 },
    options: { to, json },
    async run(input, context) {
      const { target, provider } = await choose(cli, input, context);
      const status = await provider.status(target, context.signal);
      if (input.flag('json')) {
        printJson(context, {
          app: target.app,
          environment: target.environment.name,
          ...(status ?? { processes: [] }),
        });
        return 0;
      }
      if (!status) throw noSuchApp(target.app);
      context.out(`${target.app} v${status.release ?? '-'} ${status.url ?? ''}\n`);
      for (const line of statusLines(status)) context.out(`${line}\n`);
      return 0;
    },
  };
}

function statusLines({ processes, newest, maintenance }: TargetStatus): readonly string[] {
  return [
    ...(newest === undefined ? [] : [`  v${newest} is the newest release, but does not run`]),
    ...(maintenance === true ? ['  maintenance is on'] : []),
    ...processes.map(({ name, state, since, release, size }) =>
      [`  ${name}`, state, since, release === undefined ? '' : `v${release}`, size ?? '']
        .filter((part) => part !== '')
        .join('  '),
    ),
  ];
}

export const formationLine = ({ type, quantity, size }: Formation): string =>
  `${type}=${quantity}${size === '' ? '' : `:${size}`}`;

export function logsCommand(cli: DeployCli): CliCommand {
  return {
    name: 'logs',
    usage: '[dir]',
    summary: 'Print the last lines of a service’s log.',
    positionals: { min: 0, max: 1 },
    options: {
      to,
      tail: { type: 'boolean', description: 'Go on with new lines as they come.' },
      lines: { type: 'string', value: '<n>', description: 'How many lines of the past; 100 unless said.' },
      json,
    },
    async run(input, context) {
      const { target, provider } = await choose(cli, input, context);
      const lines = Math.max(0, Math.trunc(Number(input.text('lines') ?? '100')) || 0);
      const tail = input.flag('tail');
      const found = provider.logs(target, { tail, lines }, context.signal);
      if (!input.flag('json')) {
        for await (const line of found) context.out(`${line}\n`);
        return 0;
      }
      const all: string[] = [];
      for await (const line of found) all.push(line);
      printJson(context, { app: target.app, environment: target.environment.name, lines: all });
      return 0;
    },
  };
}

export function historyCommand(cli: DeployCli): CliCommand {
  return {
    name: 'deploys',
    usage: '[dir]',
    summary: 'List the deploys that were begun from this machine, newest first, also without a connection.',
    positionals: { min: 0, max: 1 },
    options: { to, json },
    async run(input, context) {
      const { target, provider } = await choose(cli, input, context);
      const records = await cli.records(context).of(target, provider.id);
      if (input.flag('json'))
        printJson(context, {
          app: target.app,
          environment: target.environment.name,
          deploys: records.map(withoutLog),
        });
      else for (const one of records) context.out(`${recordRow(one)}\n`);
      return 0;
    },
  };
}

const withoutLog = ({ log, ...rest }: DeployRecord): unknown => ({ ...rest, lines: log.length });

const recordRow = (one: DeployRecord): string =>
  [
    one.startedAt,
    (one.outcome ?? 'no end').padEnd(7),
    one.release === undefined ? '-' : `v${one.release}`,
    one.kind,
    one.image ?? one.commit?.slice(0, 7) ?? '',
    one.who ?? '',
    one.message ?? '',
  ]
    .filter((part) => part !== '')
    .join('  ');
