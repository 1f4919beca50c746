/** The file that makes a folder a service. */
export const manifestName = 'servicewright.yaml';
