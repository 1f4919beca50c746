import type { JsonObject } from '../base/json';
import { platforms } from '../services/manifest';

const text = (description: string): JsonObject => ({ type: 'string', description });

/** The JSON Schema (draft-07, as the YAML extension reads it) of `servicewright.yaml`. */
export function serviceSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'servicewright.yaml',
    description: 'What Servicewright knows about one service. It never holds a secret.',
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: {
        ...text('Names the repository, the database and the app: lower-case words joined by hyphens.'),
        pattern: '^[a-z][a-z0-9-]*$',
      },
      description: text('One sentence for people.'),
      owner: text('The team that answers for the service.'),
      spec: text('The API description, relative to this file.'),
      health: { ...text('The path that answers 200 once the service can serve.'), pattern: '^/' },
      template: {
        type: 'object',
        description: 'The template that made the service; written by the tool.',
        required: ['id', 'version'],
        properties: {
          id: text('The template.'),
          version: text('Its version.'),
          source: text('Where the template is from: `bundled`, a folder, or `git+https://…`.'),
          commit: text('The commit of a template from git.'),
          answers: {
            type: 'object',
            description: 'What was answered, never secrets.',
            additionalProperties: { type: ['string', 'boolean', 'array'], items: { type: 'string' } },
          },
          files: {
            type: 'object',
            description: 'SHA-256 of each managed file as the template gave it.',
            additionalProperties: { type: 'string', pattern: '^[0-9a-f]{64}$' },
          },
        },
      },
      environments: {
        type: 'object',
        description: 'Where the service is deployed, by name.',
        additionalProperties: environment(),
      },
    },
  };
}

function environment(): JsonObject {
  return {
    type: 'object',
    required: ['platform'],
    additionalProperties: false,
    properties: {
      platform: { enum: platforms, description: 'The platform; `embedded` is this machine.' },
      url: { ...text("The platform's API."), format: 'uri' },
      app: text('The name of the app there; the service’s own name unless said.'),
      registry: text('Where images are pushed.'),
      protected: { type: 'boolean', description: 'Ask before anything changes.' },
      config: {
        type: 'object',
        description: 'Plain configuration for the processes, as environment variables. Never secrets.',
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
    },
  };
}
