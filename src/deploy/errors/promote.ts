import { UserError } from '../../base/errors';
import type { Target } from '../provider';

export const cantPromote = ({ app, environment }: Target, why: string): UserError =>
  new UserError(
    'deploy/cant-promote',
    `${app} can't be promoted to ${environment.name}, because ${why}; commit what shall run there and deploy it.`,
  );

export const noNextEnvironment = (service: string, name: string): UserError =>
  new UserError(
    'deploy/no-next-environment',
    `${name} is the last environment of ${service}; add the next one to servicewright.yaml.`,
  );

export const nothingRuns = (app: string, environment: string): UserError =>
  new UserError(
    'deploy/nothing-runs',
    `Nothing of ${app} runs in ${environment}, so there is nothing to promote; deploy it first.`,
  );
