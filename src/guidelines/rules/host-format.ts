import { defineRule } from '../rule';

export const hostFormat = defineRule({
  id: 'host-format',
  summary: 'Swagger 2.0: `host` is a name alone, and `basePath` starts with a slash.',
  why: 'Scheme, host and base path are put together to an address. A part that has the others in it gives one that nobody answers.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Swagger Object',
    url: 'https://spec.openapis.org/oas/v2.0.html#swagger-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `swagger: '2.0'
host: https://api.example.com # want
`,
  good: `swagger: '2.0'
host: api.example.com
basePath: /v1
`,
  visit: {
    document(root, report, spec) {
      if (spec.version !== '2.0') return;
      const host = root.get('host');
      if (host?.string !== undefined && /[/{}\s]/.test(host.string))
        report({
          at: host,
          on: 'value',
          message:
            'Only the name stands here, with a port at most: the scheme goes under `schemes`, the path under `basePath`.',
        });
      const base = root.get('basePath');
      if (base?.string?.startsWith('/') === false)
        report({
          at: base,
          on: 'value',
          message: '`basePath` starts with a slash, because it is put behind the host.',
        });
    },
  },
});
