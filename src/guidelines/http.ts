/** Status codes of the HTTP status code registry (RFC 9110, section 15, and those that describe APIs often). */

const reasons: Readonly<Record<string, string>> = {
  '200': 'OK',
  '201': 'Created',
  '202': 'Accepted',
  '204': 'No Content',
  '301': 'Moved Permanently',
  '302': 'Found',
  '303': 'See Other',
  '304': 'Not Modified',
  '400': 'Bad Request',
  '401': 'Unauthorized',
  '403': 'Forbidden',
  '404': 'Not Found',
  '405': 'Method Not Allowed',
  '406': 'Not Acceptable',
  '409': 'Conflict',
  '410': 'Gone',
  '412': 'Precondition Failed',
  '413': 'Content Too Large',
  '415': 'Unsupported Media Type',
  '422': 'Unprocessable Content',
  '428': 'Precondition Required',
  '429': 'Too Many Requests',
  '500': 'Internal Server Error',
  '501': 'Not Implemented',
  '502': 'Bad Gateway',
  '503': 'Service Unavailable',
  '504': 'Gateway Timeout',
  default: 'Error',
};

/** The usual words for a status code; undefined for one that is not so common. */
export function reasonOf(code: string): string | undefined {
  return Object.hasOwn(reasons, code) ? reasons[code] : undefined;
}

/** Whether a response under `code` (`404`, `4XX`) is of the class `digit`. */
export function isClass(code: string, digit: 1 | 2 | 3 | 4 | 5): boolean {
  return code.startsWith(String(digit)) && ofClass.test(code);
}

const ofClass = /^\d(?:\d\d|XX)$/i;
