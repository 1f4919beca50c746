import { owasp } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

const secret = /(?:^| )(?:password|passwd|passphrase|pin code)$/;

export const secretsWriteOnly = defineRule({
  id: 'secrets-write-only',
  summary: 'A password is taken and never given back.',
  why: 'A schema is mostly used for both ways. Without `writeOnly: true` the password that a request brings stands in the answers too, in every cache and log behind them.',
  severity: 'info',
  source: owasp(3),
  presets: ['strict', 'owasp'],
  bad: `components:
  schemas:
    User:
      type: object
      properties:
        password: { type: string } # want
`,
  good: `components:
  schemas:
    User:
      type: object
      properties:
        password: { type: string, writeOnly: true }
`,
  visit: {
    properties: propertiesNamed(
      (name) => secret.test(wordsOf(name).join(' ')),
      (property, report, spec) => {
        // Swagger 2.0 has no such keyword.
        if (
          spec.version === '2.0' ||
          !isOfType(property, 'string') ||
          property.get('writeOnly')?.value === true
        )
          return;
        if (isInRequest(property.path)) return;
        report({
          at: property,
          message: 'Say `writeOnly: true`, so that this is taken and never given back.',
        });
      },
    ),
  },
});

const isInRequest = (path: readonly (string | number)[]): boolean =>
  path.includes('requestBody') || path.includes('requestBodies');
