/** What GNU make knows before it reads a file: variables, suffixes, special targets (GNU make manual, 4.8, 6.14, 10.3). */
import { unknown } from './text';

/** Entry files in the order in which make looks for them (manual, 3.2). */
export const entryNames = ['GNUmakefile', 'makefile', 'Makefile'] as const;

/** Targets that instruct make and are never goals. */
export const specialTargets: ReadonlySet<string> = new Set([
  '.DEFAULT',
  '.DELETE_ON_ERROR',
  '.EXPORT_ALL_VARIABLES',
  '.IGNORE',
  '.INTERMEDIATE',
  '.LIBPATTERNS',
  '.LOW_RESOLUTION_TIME',
  '.MAKE',
  '.NOTINTERMEDIATE',
  '.NOTPARALLEL',
  '.ONESHELL',
  '.PHONY',
  '.POSIX',
  '.PRECIOUS',
  '.SECONDARY',
  '.SECONDEXPANSION',
  '.SILENT',
  '.SUFFIXES',
  '.WAIT',
]);

export const defaultSuffixes: readonly string[] =
  '.out .a .ln .o .c .cc .C .cpp .p .f .F .m .r .y .l .ym .yl .s .S .mod .sym .def .h .info .dvi .tex .texinfo .texi .txinfo .w .ch .web .sh .elc .el'.split(
    ' ',
  );

const programs: Readonly<Record<string, string>> = {
  AR: 'ar',
  ARFLAGS: 'rv',
  AS: 'as',
  CC: 'cc',
  CO: 'co',
  CPP: '$(CC) -E',
  CTANGLE: 'ctangle',
  CWEAVE: 'cweave',
  CXX: 'g++',
  FC: 'f77',
  GET: 'get',
  LD: 'ld',
  LEX: 'lex',
  LINT: 'lint',
  M2C: 'm2c',
  MAKEINFO: 'makeinfo',
  OBJC: 'cc',
  PC: 'pc',
  RM: 'rm -f',
  TANGLE: 'tangle',
  TEX: 'tex',
  TEXI2DVI: 'texi2dvi',
  WEAVE: 'weave',
  YACC: 'yacc',
};

/** The variables of a fresh make in `directory`, when no goal is named on its command line. */
export function builtinVariables(directory: string): Readonly<Record<string, string>> {
  return {
    ...programs,
    '.FEATURES':
      'target-specific order-only second-expansion else-if shortest-stem undefine oneshell nocomment grouped-target extra-prereqs archives jobserver output-sync check-symlink load',
    '.INCLUDE_DIRS': '/usr/local/include /usr/include',
    '.LIBPATTERNS': 'lib%.so lib%.a',
    '.RECIPEPREFIX': '',
    '.SHELLFLAGS': '-c',
    CURDIR: directory,
    MAKE: '$(MAKE_COMMAND)',
    MAKECMDGOALS: '',
    MAKEFILE_LIST: '',
    MAKEFLAGS: '',
    MAKELEVEL: '0',
    MAKE_COMMAND: 'make',
    MAKE_HOST: unknown,
    MAKE_VERSION: '4.3',
    PWD: directory,
    SHELL: '/bin/sh',
    SUFFIXES: defaultSuffixes.join(' '),
  };
}

/** Environment variables that are set nearly everywhere: without an environment to ask, their values are unknown, not empty. */
export const usualEnvironment: readonly string[] = [
  'HOME',
  'HOSTNAME',
  'LANG',
  'LOGNAME',
  'PATH',
  'TERM',
  'TMPDIR',
  'USER',
];
