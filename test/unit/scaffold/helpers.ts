import type { TemplateFile } from '../../../src/scaffold/template';
import { parseTemplate } from '../../../src/scaffold/manifest';
import type { Template } from '../../../src/scaffold';

export const manifestText = `
id: tiny
version: 1.2.3
title: Tiny
description: A tiny template.
inputs:
  - key: name
    title: Name
    prompt: Lower-case words joined by hyphens.
    pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'
    maxLength: 10
    message: Use lower-case letters.
    reserved: [django, import, order_items]
    reservedMessage: This name is taken.
  - key: description
    title: Description
    prompt: One line.
    default: 'The {{title name}} service.'
computed:
  module: '{{snake name}}'
files:
  - { match: '{ci,kit}/**', class: managed }
actions: [git-init]
next: [make setup]
`;

export const file = (path: string, text: string, executable = false): TemplateFile => ({
  path,
  bytes: new TextEncoder().encode(text),
  executable,
});

export const template = (...sources: readonly TemplateFile[]): Template => ({
  ...parseTemplate(manifestText, '/templates/tiny/template.yaml'),
  dir: '/templates/tiny',
  source: 'bundled',
  sources,
  partials: new Map(),
});
