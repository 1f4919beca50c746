/**
 * Which of our rules say what a rule of IBM's validator says (@ibm-cloud/openapi-ruleset 1.33.15), where both ask the same. It has most
 * rules of Spectral's `oas` set as well, under the same names; here are its own. What its other rules ask (snake_case alone, no inline
 * schemas, descriptions of each one, headers of its own cloud) is the taste of a team or has no rule of ours.
 */
import type { PeerRule } from '../../../src/guidelines/peers/rules';

const on = (ours: string): PeerRule => ({ ours: ours.split(' '), isRecommended: true });

export const ibmRules: Readonly<Record<string, PeerRule>> = {
  'ibm-define-required-properties': on('required-defined'),
  'ibm-discriminator-property': on('discriminator-property'),
  'ibm-integer-attributes': on('integer-limit integer-format'),
  'ibm-major-version-in-path': on('path-version'),
  'ibm-no-ambiguous-paths': on('path-ambiguous path-identical'),
  'ibm-no-consecutive-path-parameter-segments': on('path-consecutive-params'),
  'ibm-no-operation-requestbody': on('get-no-body'),
  'ibm-operation-summary': on('operation-summary'),
  'ibm-operationid-casing-convention': on('operation-id-casing'),
  'ibm-parameter-description': on('parameter-description'),
  'ibm-parameter-schema-or-content': on('parameter-schema'),
  'ibm-patch-request-content-type': on('patch-media-type'),
  'ibm-property-attributes': on('schema-type-keywords limits-in-order'),
  'ibm-property-casing-convention': on('property-casing'),
  'ibm-property-description': on('property-described'),
  'ibm-valid-schema-example': on('schema-example'),
};

/** Options with which ours ask what the peer asks. */
export const likeIbm = {
  'property-casing': { casing: 'snake_case' },
  'operation-id-casing': { casing: 'snake_case' },
};
