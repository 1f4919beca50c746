/** The guides that rules come from, so that a rule names only the place in its guide. */
import type { Source } from './rule';

/** A heading of Lyst's API Design Best Practices. */
export function lyst(heading: string): Source {
  const anchor = heading.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return {
    guideline: 'Lyst API Design Best Practices',
    ref: heading,
    url: `https://github.com/lyst/MakingLyst/blob/master/api-best-practices/README.md#${anchor}`,
  };
}

/** A heading of Heroku's guide, and the folder of its page: headings and pages are called alike. */
export function heroku(
  folder: 'foundations' | 'requests' | 'responses' | 'artifacts',
  heading: string,
): Source {
  const page = heading
    .toLowerCase()
    .replaceAll(/[()]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
  return {
    guideline: 'Heroku HTTP API Design Guide',
    ref: heading,
    url: `https://github.com/interagent/http-api-design/blob/master/en/${folder}/${page}.md`,
  };
}

/** A numbered rule of Zalando's guidelines. */
export function zalando(number: number): Source {
  return {
    guideline: 'Zalando RESTful API Guidelines',
    ref: String(number),
    url: `https://opensource.zalando.com/restful-api-guidelines/#${number}`,
  };
}

/** One of Google's API Improvement Proposals. */
export function aip(number: number): Source {
  return { guideline: 'Google AIP', ref: `AIP-${number}`, url: `https://google.aip.dev/${number}` };
}

const risks = {
  1: 'broken-object-level-authorization',
  2: 'broken-authentication',
  3: 'broken-object-property-level-authorization',
  4: 'unrestricted-resource-consumption',
  5: 'broken-function-level-authorization',
  7: 'server-side-request-forgery',
  8: 'security-misconfiguration',
  9: 'improper-inventory-management',
} as const;

/** One of the ten risks of OWASP's API Security Top 10, edition 2023. */
export function owasp(risk: keyof typeof risks): Source {
  return {
    guideline: 'OWASP API Security Top 10',
    ref: `API${risk}:2023`,
    url: `https://owasp.org/API-Security/editions/2023/en/0xa${risk}-${risks[risk]}/`,
  };
}
