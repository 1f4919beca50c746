import type { Prepared } from '../prepare';
import type { Note, Target } from '../provider';

const titles: Readonly<Record<Note['level'], string>> = {
  blocker: 'What stops it',
  warning: 'What may not be meant',
  info: 'Good to know',
};
const mostDetails = 50;

/** All that is known before a deploy, as a page of Markdown. No value of a variable is in it. */
export function preflightPage(target: Target, prepared: Prepared): string {
  const { request, plan, facts, notes, commits } = prepared;
  const { current } = plan;
  const head = [
    `# ${target.app} → ${target.environment.name}`,
    '',
    ...row('Goes there', request.image ?? `the folder ${target.dir}`),
    ...row('Runs now', current ? `v${current.version} ${current.image ?? current.description}` : 'nothing'),
    ...row('Message', request.message),
    ...row('Commit here', facts.commit && `${facts.commit.slice(0, 7)} ${facts.subject ?? ''}`),
    ...row('Protected', target.environment.protected ? 'yes: it asks before it deploys' : undefined),
    '',
  ];
  const levels = (['blocker', 'warning', 'info'] as const).flatMap((level) => section(level, notes));
  const news = (commits ?? []).map((one) => `- ${one.commit.slice(0, 7)} ${escaped(one.subject)}`);
  const commitPart = news.length === 0 ? [] : ['## Commits that are new there', '', ...news, ''];
  const calm = notes.length === 0 ? ['Nothing stands in its way.', ''] : [];
  return [...head, ...calm, ...levels, ...commitPart].join('\n');
}

const row = (label: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`- **${label}**: ${escaped(value)}`];

function section(level: Note['level'], notes: readonly Note[]): readonly string[] {
  const own = notes.filter((one) => one.level === level);
  if (own.length === 0) return [];
  return [
    `## ${titles[level]}`,
    '',
    ...own.flatMap((one) => [
      `- ${escaped(one.message)}`,
      ...(one.details ?? []).slice(0, mostDetails).map((detail) => `  - ${escaped(detail)}`),
      ...((one.details?.length ?? 0) > mostDetails
        ? [`  - and ${(one.details?.length ?? 0) - mostDetails} more`]
        : []),
    ]),
    '',
  ];
}

/** What a commit's subject or a command may hold must not become links, images or HTML. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|]/g, (one) => `\\${one}`);
