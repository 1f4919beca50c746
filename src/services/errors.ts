import { UserError } from '../base/errors';

export const brokenManifest = (path: string, why: string, line = 0): UserError =>
  new UserError('services/broken-manifest', `${path} can't be read: ${why.replace(/\.$/, '')}.`, {
    fix: { kind: 'file', label: 'Open servicewright.yaml', path, line },
  });

export const notAService = (dir: string): UserError =>
  new UserError(
    'services/not-a-service',
    `${dir} holds neither a servicewright.yaml nor a Procfile, so it is no service.`,
    {
      fix: { kind: 'command', label: 'New Microservice', command: 'servicewright.newMicroservice' },
    },
  );
