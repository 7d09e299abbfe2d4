// Which problem documents an operation can answer with.

export const problemSchema = {
  type: 'object',
  description: 'Why a request was refused, by RFC 9457.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  additionalProperties: true,
  properties: {
    type: { type: 'string', description: 'Always about:blank: title and code say what it is.' },
    title: { type: 'string', description: 'On /v2 as the Camunda 8 API titles it, elsewhere the name of the status.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What was expected and what was found; Chinese on /api.' },
    instance: { type: 'string', description: 'The path that was asked for.' },
    code: { type: 'string', description: 'Machine-readable kind of the refusal.' },
  },
};

const texts = {
  400: ['invalidArgument', 'The request is not of the shape that is expected.'],
  401: ['unauthenticated', 'Nobody is signed in, or the credentials do not hold.'],
  403: ['forbidden', 'The permission or the CSRF token is missing.'],
  404: ['notFound', 'It does not exist, or not for whoever asks.'],
  409: ['invalidState', 'It does not stand as the request expects, or somebody else changed it first.'],
  413: ['payloadTooLarge', 'The body is larger than 2 MB, a file larger than 10 MB.'],
  415: ['unsupportedMediaType', 'The body is of a content type that is not read.'],
  422: ['invalidForm', 'A form or a file has faults, which are listed.'],
  429: ['tooManyRequests', 'Too many requests, or tries with wrong passwords; `Retry-After` says how long to wait.'],
  503: ['unavailable', 'The database cannot be reached or cannot save; nothing was changed.'],
};

/** By status: as the Camunda 8 API titles it on `/v2`, and elsewhere (`problem-document.ts`). */
const titles = {
  400: ['INVALID_ARGUMENT', 'Bad Request'],
  401: ['Unauthorized', 'Unauthorized'],
  403: ['FORBIDDEN', 'Forbidden'],
  404: ['NOT_FOUND', 'Not Found'],
  409: ['INVALID_STATE', 'Conflict'],
  413: ['Content Too Large', 'Content Too Large'],
  415: ['Unsupported Media Type', 'Unsupported Media Type'],
  422: ['INVALID_ARGUMENT', 'Unprocessable Content'],
  429: ['Too Many Requests', 'Too Many Requests'],
  503: ['RESOURCE_EXHAUSTED', 'Service Unavailable'],
};

/** Paths with a limit of their own; on `/v2` wrong passwords are slowed down. */
const limited = /^\/(v2|oauth|api\/portal)\/|^\/api\/(session|tasks\/\{key\}\/urges|ledgers\/\{id\}\/export|reveals)/;
const withForm = /completion$|^\/api\/(launchers|portal)\/|\/actions\/|studio\/(publish|approvals)/;

/** `[status, response]` in order of status; `only`: the operation refuses always, with this status. */
export function errorsOf({ path, method, operation, handler, only }) {
  const changes = method !== 'get';
  const hasBody = operation.requestBody !== undefined;
  const can = {
    400: hasBody || operation.parameters?.some(({ in: place }) => place === 'query'),
    401: !handler.isPublic || path === '/api/session' || path.startsWith('/oauth/'),
    403: !handler.isPublic && (handler.permissions.length > 0 || changes),
    404: path.includes('{'),
    409: handler.isCommand || (changes && path.includes('{')),
    413: hasBody,
    415: hasBody,
    422: changes && withForm.test(path),
    429: limited.test(path),
    503: !path.startsWith('/health/live') && path !== '/metrics',
  };
  if (only !== undefined) can[only] = true;
  return Object.keys(texts)
    .filter((status) => can[status])
    .map((status) => [status, problem(Number(status), path)]);
}

function problem(status, path) {
  const [code, description] = texts[status];
  const title = titles[status][path.startsWith('/v2/') ? 0 : 1];
  const example = { type: 'about:blank', title, status, detail: description, instance: path, code };
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDocument' }, example } },
  };
}
