import type { Random } from './random';

/** Makefiles that GNU make mostly accepts and that use no shell: every construct that matters for listing, at random. */
export function generatedMakefile(random: Random): Readonly<Record<string, string>> {
  const maker = createMaker(random);
  const lines = ['NAMES := one two three', 'EMPTY :=', ...maker.statements(3 + random.int(14), 0)];
  return {
    Makefile: `${lines.join('\n')}\n`,
    'mk/a.mk': `${maker.statements(1 + random.int(4), 1).join('\n')}\n`,
    'mk/b.mk': `${maker.statements(1 + random.int(3), 1).join('\n')}\n`,
  };
}

const names = ['A', 'B', 'C', 'D.x', 'list-1', 'NAMES', 'EMPTY', 'fn', 'TEMPLATE'];
const words = ['one', 'two', 'three', 'src/a.c', 'b.o', 'lib/x.tar.gz', 'deep/er/', '-Wall', 'x%y', 'four'];
const targets = [
  'all',
  'test',
  'build',
  'docs/api',
  'out.o',
  'src/a.o',
  './here',
  'x-y_z',
  'one',
  'two',
  'lint',
];
const doubles = ['dc1', 'dc2', 'dc-three'];

interface Maker {
  statements(count: number, depth: number): readonly string[];
}

function createMaker(random: Random): Maker {
  const { pick, int } = random;
  const some = (from: readonly string[], most = 3): string =>
    Array.from({ length: 1 + int(most) }, () => pick(from)).join(' ');
  const maybe = (text: string): string => (int(3) === 0 ? text : '');

  const reference = (depth: number): string => {
    const name = pick(names);
    switch (int(depth > 2 ? 5 : 9)) {
      case 0:
        return `\${${name}}`;
      case 1:
        return `$(${name}:%.c=%.o)`;
      case 2:
        return `$(${name}:.c=.o)`;
      case 3:
      case 4:
        return `$(${name})`;
      default:
        return call(depth + 1);
    }
  };
  const text = (depth = 0): string =>
    Array.from({ length: 1 + int(3) }, () => (int(3) > 0 ? pick(words) : reference(depth))).join(
      pick([' ', ' ', '  ', '\t']),
    );
  const call = (depth: number): string => {
    const t = (): string => text(depth);
    const calls: readonly (() => string)[] = [
      () => `$(subst ${pick(['o', 'one', '.c', ' '])},${pick(['0', 'x', ''])},${t()})`,
      () => `$(patsubst ${pick(['%.c', 'o%', '%', 'src/%'])},${pick(['%.o', 'x%', 'y', '%/z'])},${t()})`,
      () => `$(strip  ${t()} )`,
      () => `$(findstring ${pick(words)},${t()})`,
      () => `$(${pick(['filter', 'filter-out'])} ${pick(['%.c', 'one two', 't%', '%'])},${t()})`,
      () => `$(${pick(['sort', 'words', 'firstword', 'lastword'])} ${t()})`,
      () => `$(${pick(['dir', 'notdir', 'suffix', 'basename'])} ${t()})`,
      () => `$(word ${1 + int(4)},${t()})`,
      () => `$(wordlist ${1 + int(3)},${int(4)},${t()})`,
      () => `$(addsuffix ${pick(['.o', '-x', '/'])},${t()})`,
      () => `$(addprefix ${pick(['lib', 'build/', './'])},${t()})`,
      () => `$(join ${t()},${t()})`,
      () => `$(if ${pick([t(), '$(EMPTY)', ' '])},${t()}${maybe(`,${t()}`)})`,
      () => `$(${pick(['or', 'and'])} ${pick(['$(EMPTY)', t()])},${t()})`,
      () => `$(foreach i,${t()},${pick(['$(i)', 'x-$(i)', '$(i)$(i)', '$($(i))'])})`,
      () => `$(call ${pick(['fn', 'fn', 'A', 'words', 'strip'])},${t()}${maybe(`,${t()}`)})`,
      () => `$(${pick(['value', 'origin', 'flavor'])} ${pick(names)})`,
      () => `$(wildcard ${pick(['mk/*.mk', '*.none', 'mk', 'mk/?.mk', 'M*'])})`,
      () => `$(notdir $(abspath ${pick(words)}))`,
      () => `$($(firstword ${pick(names)} x))`,
      () => `$(eval ${pick(names)} := ${pick(words)})`,
    ];
    return pick(calls)();
  };

  const value = (): string => (int(4) === 0 ? '' : text());
  const assignment = (): string => {
    const name = pick(names);
    const prefix = pick(['', '', '', '', 'override ', 'export ', 'export override ']);
    // A recursive variable that names itself would be an error of the file.
    const operator = pick([':=', ':=', '::=', '+=', '?=']);
    const safe = operator === ':=' || operator === '::=' ? value() : some(words);
    if (int(12) === 0) return `private PRIVATE ${operator} ${safe}`;
    return `${prefix}${name}${pick([' ', '', '  '])}${operator}${pick([' ', ''])}${safe}${maybe(' # said why')}`;
  };
  const continued = (): string =>
    `${pick(names)} := ${some(words)} \\\n${pick(['  ', '\t', ''])}${some(words)}`;
  const definition = (): string => {
    const kind = pick(['define', 'override define', 'export define']);
    const body = pick(['$(1)-made: $(2)\n\t@echo $$@', '$(1)', 'x$(1)y $(2)', '']);
    return `${kind} ${pick(['fn', 'TEMPLATE', 'A'])}${pick(['', ' =', ' :='])}\n${body === '' ? '' : `${body}\n`}endef`;
  };
  const recipe = (): string =>
    Array.from({ length: int(3) }, () =>
      pick(['\t@echo $@', '\techo a \\\n\t  b', '\t# said', '\t', '', '# outside']),
    )
      .map((line) => `\n${line}`)
      .join('');
  const prerequisites = (): string => {
    const list = Array.from({ length: int(3) }, () =>
      pick([pick(targets), pick(words), reference(1), 'lib.a(one.o two.o)', 'mk/*.mk', 'none*']),
    ).join(' ');
    return list + maybe(` | ${pick(targets)}`);
  };
  const rule = (): string => {
    const left = pick([
      pick(targets),
      some(targets),
      `$(addprefix go-,$(NAMES))`,
      `${pick(targets)}-$(firstword $(NAMES))`,
    ]);
    switch (int(8)) {
      case 0:
        return `${pick(doubles)}:: ${prerequisites()}${recipe()}`;
      case 1:
        return `${some(['g1', 'g2', 'g3'])}${pick([' &:', '&:'])} ${prerequisites()}\n\t@true`;
      case 2:
        return `$(addsuffix .o,$(NAMES)): ${pick(['%.o: %.c', '%: x-% y', '%.o : $(A)'])}${recipe()}`;
      case 3:
        return `${left}: ${prerequisites()} ; @echo ${pick(words)}${recipe()}`;
      case 4:
        return `${pick(targets)}: ${pick(['', 'private ', 'export ', 'override '])}${pick(names)} ${pick([':=', '+=', '?=', '='])} ${some(words)}`;
      case 5:
        return `.PHONY: ${pick([some(targets), '$(NAMES)', 'all $(A)'])}`;
      default:
        return `${left}${pick([':', ' :'])} ${prerequisites()}${maybe(' # why')}${recipe()}`;
    }
  };
  const condition = (): string =>
    pick([
      `ifeq (${text(2)},${text(2)})`,
      `ifneq ($(EMPTY),)`,
      `ifeq "${pick(words)}" '${pick(words)}'`,
      `ifdef ${pick(names)}`,
      `ifndef ${pick(names)}`,
      `ifeq ($(words $(NAMES)),${1 + int(4)})`,
    ]);
  const conditional = (depth: number): string => {
    const inside = (): string => statements(1 + int(3), depth + 1).join('\n');
    const other = pick(['', `else\n${inside()}\n`, `else ${condition()}\n${inside()}\nelse\n${inside()}\n`]);
    return `${condition()}${maybe(' # why')}\n${inside()}\n${other}endif`;
  };
  const evaluation = (): string =>
    pick([
      `$(foreach n,$(NAMES) ${maybe('zz')},$(eval $(call fn,$(n),${pick(words)})))`,
      `$(foreach n,$(NAMES),$(eval $(n)-run: ; @echo $(n)))`,
      `$(eval $(call TEMPLATE,${pick(targets)},${pick(words)}))`,
      `$(eval ${pick(names)} += ${pick(words)})`,
      `$(foreach a,x y,$(foreach b,1 2,$(eval $(a)$(b): $(a) $(b))))`,
      `$(info said)`,
    ]);
  const other = (depth: number): string =>
    pick([
      '# a comment',
      '# a comment that goes on \\\n all: not-a-target',
      '',
      `undefine ${pick(names)}`,
      `override undefine ${pick(names)}`,
      `export ${some(names)}`,
      `unexport ${some(names)}`,
      'export',
      'vpath %.c src',
      'define UNUSED\nifeq (a,b)\n# inside\nendif\nall: x\nendef',
      '-include none.mk',
      'sinclude none.mk mk/none*.mk',
      ...(depth === 0
        ? [
            'include mk/*.mk',
            'include mk/a.mk',
            '-include $(addprefix mk/,b.mk c.mk)',
            'include $(wildcard mk/b*.mk)',
          ]
        : []),
      '.SUFFIXES:',
      '.ONESHELL:',
      '.SECONDEXPANSION:',
      '.DEFAULT_GOAL := build',
      '.RECIPEPREFIX = >\npr: ; @x\n>@echo more\n.RECIPEPREFIX =',
      'second: $$(A) $$@.x\n\t@true',
      '%.q: %.w\n\t@true',
      '.c.o:\n\t@true',
    ]);
  const statements = (count: number, depth: number): readonly string[] =>
    Array.from({ length: count }, () => {
      const kind = int(20);
      if (kind < 5) return assignment();
      if (kind < 6) return continued();
      if (kind < 7) return definition();
      if (kind < 13) return rule();
      if (kind < 15) return depth > 2 ? assignment() : conditional(depth);
      return kind < 17 ? evaluation() : other(depth);
    });
  return { statements };
}
