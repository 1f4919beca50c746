/** The sets of rules that Redocly itself has, from the same version as the table of rules. */
import type { Layer, Statement } from '../config/layer';
import { noLayer } from '../config/layer';
import type { Level } from '../engine';
import { readers, redoclyRules } from './rules';
import { builtInStatements } from './redocly-built-in';

const setNames = ['recommended', 'recommended-strict', 'minimal', 'spec', 'all'] as const;
type SetName = (typeof setNames)[number];

const namesOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const recommendedErrors = namesOf(
  'no-empty-servers no-enum-type-mismatch no-example-value-and-externalValue no-identical-paths no-path-trailing-slash no-schema-type-mismatch no-server-trailing-slash no-server-variables-empty-enum no-undefined-server-variable no-unresolved-refs nullable-type-sibling operation-operationId-unique operation-operationId-url-safe operation-parameters-unique operation-summary path-declaration-must-exist path-not-include-query path-parameters-defined security-defined spec-components-invalid-map-name spec-example-values spec-no-invalid-encoding-combinations spec-no-invalid-tag-parents spec-querystring-parameters struct',
);

const minimalErrors = namesOf(
  'no-server-trailing-slash no-server-variables-empty-enum no-unresolved-refs spec-querystring-parameters struct',
);
/** What `recommended` has and `minimal` leaves out. */
const minimalOff = namesOf(
  'info-license info-license-strict no-duplicated-enum-values no-duplicated-tag-names no-illogical-composition-keywords no-invalid-parameter-examples no-invalid-schema-examples no-mixed-number-range-constraints no-unsafe-markdown operation-4xx-response security-scopes-defined spec-discriminator-defaultMapping spec-example-values spec-ref-siblings',
);

const specErrors = namesOf(
  'no-duplicated-tag-names no-example-value-and-externalValue no-identical-paths no-server-variables-empty-enum no-undefined-server-variable no-unresolved-refs nullable-type-sibling operation-operationId-unique operation-parameters-unique path-declaration-must-exist path-not-include-query path-parameters-defined spec-components-invalid-map-name spec-discriminator-defaultMapping spec-example-values spec-no-invalid-encoding-combinations spec-no-invalid-tag-parents spec-querystring-parameters spec-ref-siblings spec-strict-refs struct',
);

const levelIn: Readonly<Record<SetName, (id: string, isRecommended: boolean) => Level>> = {
  recommended: (id, isOn) => (isOn ? (recommendedErrors.has(id) ? 'error' : 'warning') : 'off'),
  'recommended-strict': (_, isOn) => (isOn ? 'error' : 'off'),
  minimal: (id, isOn) => (!isOn || minimalOff.has(id) ? 'off' : minimalErrors.has(id) ? 'error' : 'warning'),
  spec: (id) => (specErrors.has(id) ? 'error' : 'off'),
  all: () => 'error',
};

export const setNamed = (name: string): SetName | undefined => setNames.find((one) => one === name);

/** What one of the sets says. It says `off` as well: a set that is extended after others takes back what they say. */
export function setLayer(name: SetName): Layer {
  const statements = Object.entries(redoclyRules).flatMap(([id, { isRecommended }]): readonly Statement[] =>
    builtInStatements(id, { level: levelIn[name](id, isRecommended), options: optionsIn(name, id) }),
  );
  const reading = readers['redocly-recommended'].map((rule): Statement => ({
    rule,
    level: 'error',
    options: undefined,
    at: undefined,
  }));
  return { ...noLayer, statements: [...statements, ...reading] };
}

/** `all` has to say which media types it means. */
function optionsIn(name: SetName, id: string): Readonly<Record<string, unknown>> | undefined {
  const isOfTypes = name === 'all' && (id === 'request-mime-type' || id === 'response-mime-type');
  return isOfTypes ? { allowedValues: ['application/json'] } : undefined;
}
