/** The snippet files and the languages that they are for. */
export const snippetFiles = [
  { path: 'snippets/openapi-yaml.json', languages: ['yaml'] },
  { path: 'snippets/openapi-json.json', languages: ['json', 'jsonc'] },
  { path: 'snippets/django.json', languages: ['python'] },
  { path: 'snippets/makefile.json', languages: ['makefile'] },
  { path: 'snippets/procfile.json', languages: ['procfile'] },
  { path: 'snippets/compose.json', languages: ['yaml', 'dockercompose'] },
] as const;
