import type { Makefile, Target } from '../../src/tasks/sources/make/makefile';
import type { ReadOptions } from '../../src/tasks/sources/make/reading';
import { readMakefile } from '../../src/tasks/sources/make/reader';

/** A Makefile of about `lines` lines with a bit of everything: variables, conditions, static patterns, templates, recipes. */
export function syntheticMakefile(lines: number): string {
  const out = ['NAMES :=', 'MODE ?= fast', 'define RULE', '$(1)-made: $(1)', '\t@echo $$@ $(MODE)', 'endef'];
  for (let i = 0; out.length < lines; i++) {
    out.push(
      `SOURCES_${i} := src/${i}/a.c src/${i}/b.c`,
      `OBJECTS_${i} := $(patsubst src/%.c,build/%.o,$(SOURCES_${i}))`,
      `NAMES += part${i}`,
      `## Builds part ${i}`,
      `.PHONY: part${i} clean-part${i}`,
      `part${i} clean-part${i}: $(OBJECTS_${i}) | build # and more`,
      `\t@echo ${i} \\`,
      `\t  $(MODE) $(OBJECTS_${i})`,
      `ifeq ($(MODE),fast)`,
      `\t@echo fast`,
      `endif`,
      `$(OBJECTS_${i}): build/%.o: src/%.c`,
      `\t$(CC) -c -o $@ $<`,
    );
  }
  out.push('$(foreach name,$(NAMES),$(eval $(call RULE,$(name))))');
  return `${out.join('\n')}\n`;
}

/** Reads a Makefile from memory: `texts` are paths relative to `/p`, the entry is `Makefile`. */
export function readTexts(
  texts: string | Readonly<Record<string, string>>,
  options: Partial<ReadOptions> = {},
): Makefile {
  const files: Readonly<Record<string, string>> = typeof texts === 'string' ? { Makefile: texts } : texts;
  const paths = Object.keys(files);
  return readMakefile({
    entry: '/p/Makefile',
    directory: '/p',
    environment: {},
    read: (path) => files[path.replace(/^\/p\//, '')],
    list: (directory) => {
      const prefix = directory === '/p' ? '' : `${directory.replace(/^\/p\//, '')}/`;
      const inside = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
      const names = inside.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/') + 1) : path));
      return names.length === 0 ? undefined : [...new Set(names)];
    },
    ...options,
  });
}

export function namesOf(makefile: Makefile): readonly string[] {
  return makefile.targets.map(({ name }) => name);
}

/** The target with this name; fails the test when there is none. */
export function targetOf(makefile: Makefile, name: string): Target {
  const found = makefile.targets.find((target) => target.name === name);
  if (!found) throw new Error(`no target ${name} among ${namesOf(makefile).join(' ')}`);
  return found;
}
