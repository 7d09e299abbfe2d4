import { HttpException } from '@nestjs/common';
import { OutcomeUnknown, SearchError, StoreUnavailable, unavailableReason, unstorableValue } from '#persistence';
import type { UnavailableReason } from '#persistence';
import { DefinitionUnreadable } from '#runtime';
import { VaultError } from '#vault';
import { Refusal, type RefusalCode, type RefusalDetails } from './refusal.js';

/** RFC 9457, `application/problem+json`. */
export interface ProblemDocument {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly [member: string]: unknown;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const chinese: Readonly<Record<string, string>> = {
  invalidArgument: '提交的内容不符合要求，请检查后重试。',
  unauthenticated: '请先登录。',
  forbidden: '您没有进行此操作的权限。',
  csrfTokenMissing: '页面已过期，请刷新后重试。',
  passwordChangeRequired: '您的密码是别人设的，请先在“账号设置”中修改密码，再办理业务。',
  notFound: '没有找到，或您无权查看。',
  invalidState: '当前状态下不能进行此操作，可能已由他人办理，请刷新。',
  alreadyExists: '已经存在，不能重复。',
  conflict: '内容刚被他人修改，请刷新后重试。',
  payloadTooLarge: '内容太大。',
  unsupportedMediaType: '不支持这种内容类型。',
  invalidForm: '表单有未填对的地方，请按提示修改。',
  invalidFiles: '文件有问题，请按提示修改。',
  keyReused: '该请求标识已用于另一内容。',
  unavailable: '数据库暂时不能保存，本次提交没有生效，请稍后再试。',
  tooManyRequests: '操作过于频繁，请稍后再试。',
  overloaded: '系统繁忙，请稍后再试。',
  internal: '系统出错，请稍后再试；已记录。',
};

/** What PostgreSQL cannot hold; SQLite takes more. */
const unstorables = {
  text: () =>
    new Refusal('invalidArgument', 'Expected texts without zero characters (U+0000) but found one.', {
      zh: '文字中含有无法保存的字符，请删去后重试。',
    }),
  number: () =>
    new Refusal('invalidArgument', 'Expected numbers that the database can hold but found one that is too large.', {
      zh: '有一个数字太大，无法保存。',
    }),
};

/** What a thrown thing is, as a refusal; undefined for a bug. */
export function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof SearchError) return new Refusal('invalidArgument', error.message);
  if (error instanceof DefinitionUnreadable)
    return new Refusal('invalidState', error.message, {
      zh: '此流程定义由旧版本部署，当前版本无法读取，请联系管理员。',
    });
  if (error instanceof VaultError && error.code === 'caseKeyDestroyed')
    return new Refusal('invalidState', error.message, { zh: '此件的受保护内容已按规定销毁。' });
  const unstorable = unstorableValue(error);
  if (unstorable !== undefined) return unstorables[unstorable]();
  const reason = unavailableReason(error);
  if (reason !== undefined) return unavailable(reason, error);
  if (error instanceof HttpException) return fromStatus(error.getStatus(), messageOf(error));
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  const isOfFastify = typeof status === 'number' && status >= 400 && status < 500;
  return isOfFastify ? fromStatus(status, (error as Error).message) : undefined;
}

/** The document for a refusal; Chinese where people read it, that is on `/api`. */
export function documentOf(refusal: Refusal, url: string): ProblemDocument {
  const path = url.split('?')[0] ?? url;
  const { fields, problems, more } = refusal.details;
  return {
    type: 'about:blank',
    title: titleOf(refusal, path),
    status: refusal.status,
    detail: path.startsWith('/api')
      ? (refusal.details.zh ?? chinese[refusal.code] ?? refusal.message)
      : refusal.message,
    instance: path,
    code: refusal.code,
    ...(fields && { fields }),
    ...(problems && { problems }),
    ...more,
  };
}

/** As the Camunda 8 API names them; its client tries again what is `RESOURCE_EXHAUSTED`. */
const engineTitles: Readonly<Partial<Record<RefusalCode, string>>> = {
  invalidArgument: 'INVALID_ARGUMENT',
  forbidden: 'FORBIDDEN',
  csrfTokenMissing: 'FORBIDDEN',
  passwordChangeRequired: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
  invalidState: 'INVALID_STATE',
  alreadyExists: 'ALREADY_EXISTS',
  conflict: 'INVALID_STATE',
  invalidForm: 'INVALID_ARGUMENT',
  invalidFiles: 'INVALID_ARGUMENT',
  overloaded: 'RESOURCE_EXHAUSTED',
  unavailable: 'RESOURCE_EXHAUSTED',
};

function titleOf({ code, status, details }: Refusal, path: string): string {
  const title = titles[status] ?? 'Error';
  if (!path.startsWith('/v2/') || status === 504 || details.isOutcomeUnknown) return title;
  return engineTitles[code] ?? title;
}

/** The document for a bug: says nothing of its inside. */
export function bugDocument(url: string): ProblemDocument {
  const path = url.split('?')[0] ?? url;
  const detail = path.startsWith('/api') ? String(chinese['internal']) : 'Something went wrong inside; it is logged.';
  return { type: 'about:blank', title: 'Internal Server Error', status: 500, detail, instance: path, code: 'internal' };
}

const chineseReasons: Readonly<Record<UnavailableReason, string>> = {
  full: '服务器磁盘已满，本次提交没有保存。请联系管理员清理磁盘后重试。',
  readOnly: '数据库当前只读，本次提交没有保存。请联系管理员。',
  locked: '数据库正被其他程序占用，本次提交没有保存，请稍后再试。',
  unreachable: '数据库没有响应，请稍后再试。',
  faulty: '数据库所在磁盘有故障，本次提交没有保存。请联系管理员。',
};

/** Seconds after which it is worth asking again; a full disk takes a person. */
const patience: Readonly<Record<UnavailableReason, number>> = {
  full: 30,
  readOnly: 30,
  locked: 2,
  unreachable: 5,
  faulty: 30,
};

/** Of what was read, or of a file that was written: the writer says it itself. */
const sentences: Readonly<Record<UnavailableReason, string>> = {
  full: 'The disk is full; free space and send the request again.',
  readOnly: 'The disk can only be read at the moment; make its files writable and send the request again.',
  locked: 'Another program holds the database; send the request again in a moment.',
  unreachable: 'The database does not answer at the moment; send the request again later.',
  faulty: 'The disk reports faults; check it and send the request again.',
};

function unavailable(reason: UnavailableReason, error: unknown): Refusal {
  const message = error instanceof StoreUnavailable ? error.message : sentences[reason];
  return new Refusal('unavailable', message, {
    zh: chineseReasons[reason],
    retryAfterSeconds: patience[reason],
    ...(error instanceof OutcomeUnknown && { isOutcomeUnknown: true }),
  });
}

const codes: Readonly<Record<number, RefusalCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  413: 'payloadTooLarge',
  415: 'unsupportedMediaType',
  422: 'invalidForm',
  429: 'tooManyRequests',
  503: 'overloaded',
};

function fromStatus(status: number, message: string): Refusal {
  const details: RefusalDetails = { status, ...(status === 503 && { retryAfterSeconds: 1 }) };
  return new Refusal(codes[status] ?? 'invalidArgument', message, details);
}

function messageOf(error: HttpException): string {
  const response = error.getResponse();
  const text = typeof response === 'object' ? (response as { message?: unknown }).message : response;
  return Array.isArray(text) ? text.join('; ') : typeof text === 'string' ? text : error.message;
}
