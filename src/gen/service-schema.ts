import type { JsonObject } from '../base/json';
import { platforms } from '../services/environment';

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

/** What each platform asks for beside its name. */
const conditions = [
  {
    if: { properties: { platform: { const: 'empire' } } },
    then: { required: ['url'], properties: { app: { pattern: '^[a-z][a-z0-9-]{2,30}$' } } },
  },
  {
    if: { properties: { platform: { const: 'heroku' } } },
    then: {
      properties: {
        app: { pattern: '^[a-z][a-z0-9-]{1,28}[a-z0-9]$' },
        registry: { pattern: '^(registry\\.heroku\\.com|localhost(:\\d+)?|127\\..*)$' },
      },
    },
  },
  {
    if: { properties: { platform: { const: 'kubernetes' } } },
    then: {
      required: ['context'],
      properties: { app: { pattern: '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$' } },
    },
  },
];

const snippets: readonly JsonObject[] = [
  {
    label: 'Empire',
    description: 'A server of Empire that runs images.',
    body: {
      platform: 'empire',
      url: 'https://${1:empire.example.com}',
      registry: '${2:ghcr.io/team}',
      protected: '${3:true}',
    },
  },
  {
    label: 'Heroku',
    description: 'Builds the tree; with `registry: registry.heroku.com` docker builds an image here instead.',
    body: { platform: 'heroku', app: '${1:orders-staging}', protected: '${2:true}' },
  },
  {
    label: 'Kubernetes',
    description: 'A namespace of a cluster that a context of the kubeconfig leads to.',
    body: {
      platform: 'kubernetes',
      context: '${1:staging}',
      namespace: '${2:default}',
      registry: '${3:ghcr.io/team}',
    },
  },
];

function environment(): JsonObject {
  return {
    type: 'object',
    required: ['platform'],
    additionalProperties: false,
    allOf: conditions,
    defaultSnippets: snippets,
    properties: {
      platform: { enum: platforms, description: 'The platform; `embedded` is this machine.' },
      url: {
        ...text("The platform's API: http or https. Never with a user or a password; one signs in instead."),
        format: 'uri',
        pattern: '^https?://[^@]+$',
      },
      app: text('The name of the app there; the service’s own name unless said.'),
      registry: {
        ...text(
          'Where images are: `ghcr.io/acme`. The image of a commit is `<registry>/<name>:<commit>`. On Heroku `registry.heroku.com` means that docker builds the image here.',
        ),
        pattern: '^[a-z0-9][a-z0-9._:/-]*$',
      },
      context: text(
        'Kubernetes: the context of the kubeconfig that leads to the cluster. The kubeconfig is your own one (KUBECONFIG or ~/.kube/config).',
      ),
      namespace: {
        ...text('Kubernetes: the namespace; the one of the context unless said.'),
        pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
      },
      ingress: ingress(),
      protected: { type: 'boolean', description: 'Ask before anything changes.' },
      config: {
        type: 'object',
        description: 'Plain configuration for the processes, as environment variables. Never secrets.',
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
    },
  };
}

function ingress(): JsonObject {
  const host = {
    ...text('The host name that leads to the app.'),
    pattern: '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$',
  };
  return {
    description: 'Kubernetes: an Ingress for the web process, under this host name.',
    oneOf: [
      host,
      {
        type: 'object',
        required: ['host'],
        additionalProperties: false,
        properties: {
          host,
          class: text('The ingress class; the cluster’s usual one unless said.'),
          tls: text('The Secret with the certificate of the host.'),
        },
      },
    ],
  };
}
