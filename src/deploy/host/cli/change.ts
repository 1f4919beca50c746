import type { CliCommand, CliContext, CliInput } from '../../../base/cli';
import { UserError } from '../../../base/errors';
import { cantDo, notAssigned } from '../../errors';
import type { ScaleChange } from '../../provider';
import type { Chosen, DeployCli } from './common';
import { choose, confirmed, dirOption, json, messageOption, printJson, said, to, yes } from './common';
import { formationLine } from './look';

const changeOptions = { to, dir: dirOption, message: messageOption, yes, json };

const chosenBy = (cli: DeployCli, input: CliInput, context: CliContext): Promise<Chosen> =>
  choose(cli, input, context, input.text('dir') ?? '.');

const named = ({ target }: Chosen): object => ({ app: target.app, environment: target.environment.name });

export function scaleCommand(cli: DeployCli): CliCommand {
  return {
    name: 'scale',
    usage: '[web=2 worker=1:2X …]',
    summary: 'Set how many processes run and how large they are; without an argument, tell it.',
    positionals: { min: 0, max: 50 },
    options: changeOptions,
    async run(input, context) {
      const chosen = await chosenBy(cli, input, context);
      const { target, provider } = chosen;
      if (!provider.scaling) throw cantDo(provider.title, 'scale');
      const changes = input.positionals.map(readChange);
      if (changes.length > 0) confirmed(target, input);
      const formation =
        changes.length === 0
          ? await provider.scaling.formation(target, context.signal)
          : await provider.scaling.scale(
              target,
              changes,
              said(input, 'message') ?? `Scale ${input.positionals.join(' ')}`,
              context.signal,
            );
      if (input.flag('json')) printJson(context, { ...named(chosen), formation });
      else for (const one of formation) context.out(`${formationLine(one)}\n`);
      return 0;
    },
  };
}

/** `web=2`, `web=2:PX` or `web=:PX`, which leaves the quantity as it is. */
export function readChange(text: string): ScaleChange {
  const [, type, quantity, size] = /^([\w-]+)=(\d*)(?::(.+))?$/.exec(text) ?? [];
  if (type === undefined || (quantity === '' && size === undefined))
    throw new UserError(
      'deploy/bad-quantity',
      `${JSON.stringify(text)} says no quantity; write it as web=2 or web=2:1X.`,
    );
  return {
    type,
    ...(quantity === undefined || quantity === '' ? {} : { quantity: Number(quantity) }),
    ...(size === undefined ? {} : { size }),
  };
}

const configOptions = {
  to,
  set: {
    type: 'string',
    multiple: true,
    value: '<KEY=value>',
    description: 'Set a variable; KEY alone takes its value from a line of stdin, the way for secrets.',
  },
  unset: { type: 'string', multiple: true, value: '<KEY>', description: 'Take a variable away.' },
  release: { type: 'string', value: '<n>', description: 'The variables of an earlier release.' },
  show: { type: 'boolean', description: 'Show values, which are hidden otherwise; JSON has them always.' },
  message: messageOption,
  yes,
  json,
} as const;

export function configCommand(cli: DeployCli): CliCommand {
  return {
    name: 'config',
    usage: '[dir]',
    summary: 'List the variables of a service, or change them.',
    positionals: { min: 0, max: 1 },
    options: configOptions,
    async run(input, context) {
      const chosen = await choose(cli, input, context);
      const config = await readOrChange(chosen, input, context);
      if (input.flag('json')) printJson(context, { ...named(chosen), config });
      else
        for (const key of Object.keys(config).toSorted())
          context.out(`${key}=${input.flag('show') ? (config[key] ?? '') : hidden}\n`);
      return 0;
    },
  };
}

async function readOrChange(
  { target, provider }: Chosen,
  input: CliInput,
  context: CliContext,
): Promise<Readonly<Record<string, string>>> {
  if (!provider.config) throw cantDo(provider.title, 'list variables');
  const patch = await readPatch(input, context);
  const keys = Object.keys(patch);
  const release = Number(input.text('release')?.replace(/^v/, '') ?? Number.NaN);
  if (keys.length === 0)
    return provider.config.read(target, Number.isInteger(release) ? release : undefined, context.signal);
  confirmed(target, input);
  const message = said(input, 'message') ?? `Change ${keys.join(', ')}`;
  return provider.config.change(target, patch, message, context.signal);
}

const hidden = '••••••';

async function readPatch(
  input: CliInput,
  context: CliContext,
): Promise<Readonly<Record<string, string | null>>> {
  const patch: Record<string, string | null> = {};
  for (const key of input.list('unset')) patch[key] = null;
  for (const text of input.list('set')) {
    const cut = text.indexOf('=');
    if (cut === 0) throw notAssigned(text);
    if (cut > 0) patch[text.slice(0, cut)] = text.slice(cut + 1);
    else patch[text] = await context.ask(`${text}: `, { isHidden: true });
  }
  return patch;
}

export function restartCommand(cli: DeployCli): CliCommand {
  return {
    name: 'restart',
    usage: '[process]',
    summary: 'Restart the processes of a service, or one of them.',
    positionals: { min: 0, max: 1 },
    options: { to, dir: dirOption, message: messageOption, yes },
    async run(input, context) {
      const { target, provider } = await chosenBy(cli, input, context);
      if (!provider.scaling) throw cantDo(provider.title, 'restart processes');
      confirmed(target, input);
      const [process] = input.positionals;
      await provider.scaling.restart(
        target,
        process,
        said(input, 'message') ?? `Restart ${process ?? 'everything'}`,
        context.signal,
      );
      context.out(`${process ?? target.app} restarts.\n`);
      return 0;
    },
  };
}

export function domainsCommand(cli: DeployCli): CliCommand {
  return {
    name: 'domains',
    usage: '[add|remove <hostname>]',
    summary: 'List, add or remove the hostnames of a service.',
    positionals: { min: 0, max: 2 },
    options: { to, dir: dirOption, yes, json },
    async run(input, context) {
      const chosen = await chosenBy(cli, input, context);
      const { target, provider } = chosen;
      if (!provider.domains) throw cantDo(provider.title, 'tell domains');
      const [verb, hostname] = input.positionals;
      if (verb !== undefined) {
        confirmed(target, input);
        if ((verb !== 'add' && verb !== 'remove') || hostname === undefined)
          throw new UserError(
            'deploy/wrong-use',
            'servicewright domains takes add or remove, and a hostname.',
          );
        await provider.domains[verb](target, hostname, context.signal);
        if (provider.domains.afterwards !== undefined) context.err(provider.domains.afterwards);
      }
      const domains = await provider.domains.list(target, context.signal);
      if (input.flag('json')) printJson(context, { ...named(chosen), domains });
      else for (const one of domains) context.out(`${one}\n`);
      return 0;
    },
  };
}

export function maintenanceCommand(cli: DeployCli): CliCommand {
  return {
    name: 'maintenance',
    usage: 'on|off',
    summary: 'Turn the maintenance of a service on or off.',
    positionals: { min: 1, max: 1 },
    options: { to, dir: dirOption, message: messageOption, yes },
    async run(input, context) {
      const { target, provider } = await chosenBy(cli, input, context);
      if (!provider.maintenance) throw cantDo(provider.title, 'do maintenance');
      const [word] = input.positionals;
      if (word !== 'on' && word !== 'off')
        throw new UserError('deploy/wrong-use', 'servicewright maintenance takes on or off.');
      confirmed(target, input);
      const kept = await provider.maintenance.set(
        target,
        word === 'on',
        said(input, 'message') ?? `Maintenance ${word}`,
        context.signal,
      );
      if (!kept)
        context.err(
          `warning: ${provider.title} did not keep it; an app without a release has no maintenance.`,
        );
      else context.out(`Maintenance of ${target.app} is ${word}.\n`);
      return kept ? 0 : 1;
    },
  };
}
