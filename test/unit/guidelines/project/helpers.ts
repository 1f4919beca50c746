import type { CheckOptions } from '../../../../src/guidelines/engine';
import { Check } from '../../../../src/guidelines/engine';
import { Project } from '../../../../src/guidelines/project/project';
import type { Spec } from '../../../../src/guidelines/spec';
import { finish } from '../../../../src/guidelines/steps';
import { findingOf } from '../../../../src/guidelines/told';

export type Texts = Readonly<Record<string, string>>;

/** Reads all that the files lead to. */
export async function complete(project: Project): Promise<void> {
  for (;;) {
    const wanted = finish(project.updateSteps());
    if (wanted.length === 0) return;
    await project.load(wanted);
  }
}

/** A project with files under `/w`, of which some are open. References may not leave `/w`. */
export async function projectOf(
  files: Texts | Map<string, string>,
  open: readonly string[],
): Promise<Project> {
  const texts = files instanceof Map ? files : new Map(Object.entries(files));
  const project = new Project({
    read: (address) => Promise.resolve(texts.get(address.slice('/w/'.length))),
    folderOf: () => '/w',
  });
  for (const path of open) project.put(`/w/${path}`, project.read(texts.get(path) ?? ''));
  await complete(project);
  return project;
}

export function specAt(project: Project, path: string): Spec {
  const spec = project.find(`/w/${path}`)?.spec;
  if (spec === undefined) throw new Error(`${path} was not read.`);
  return spec;
}

/** Whether a file is one that findings are told of. */
export function isChecked(project: Project, path: string): boolean {
  const file = project.find(`/w/${path}`);
  return file?.spec !== undefined && (file.isDescription || file.spec.isPart);
}

/** What is found in one file: `rule line:character message`, counted from zero. */
export function foundIn(
  project: Project,
  path: string,
  options: CheckOptions = {},
  check?: Check,
): readonly string[] {
  const spec = specAt(project, path);
  return finish((check ?? new Check(spec, options)).steps()).all.map((told) => {
    const { rule, range, message, fix, severity } = findingOf(told, spec);
    const { line, character } = range.start;
    return `${rule} ${line}:${character} ${severity} ${message}${fix === undefined ? '' : ` [${fix.title}]`}`;
  });
}
