import { UserError } from '../../base/errors';

export const badSource = (text: string, why: string): UserError =>
  new UserError('scaffold/bad-source', `The template source ${JSON.stringify(text)} can't be used: ${why}.`, {
    fix: { kind: 'hint', label: 'A template is an id, a folder or git+https://host/repo.git#ref:folder.' },
  });
