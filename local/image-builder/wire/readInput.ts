import type { z } from 'zod';
import { notValid, ServiceError } from './serviceError.ts';
import type { ErrorCode } from './serviceError.ts';

/** The error codes an operation uses for bad input: tag operations know only InvalidParameterException. */
export interface InputErrors {
  readonly missing: ErrorCode;
  readonly value: ErrorCode;
}

export const USUAL_INPUT_ERRORS: InputErrors = {
  missing: 'InvalidRequestException',
  value: 'InvalidParameterValueException',
};

type Issue = z.core.$ZodIssue;

/** `components[0].componentArn` */
const pathOf = (path: Issue['path']): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

const between = (issue: { readonly origin: string }): string =>
  issue.origin === 'string' ? 'characters in length' : issue.origin === 'array' ? 'items' : '';

function whyOf(issue: Issue, name: string): string {
  switch (issue.code) {
    case 'invalid_format':
      return `${name} must match pattern ${(issue.pattern ?? '').replace(/^\/(.*)\/$/s, '$1')}`;
    case 'too_small':
      return `${name} must be at least ${Number(issue.minimum)} ${between(issue)}`.trimEnd();
    case 'too_big':
      return `${name} must be at most ${Number(issue.maximum)} ${between(issue)}`.trimEnd();
    case 'invalid_value':
      return `${name} must be one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.map((inner) => whyOf(inner, name)).join(' ');
    case 'invalid_type':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'custom':
      return issue.message;
  }
}

/**
 * Reads a request's members; members the operation does not know are ignored, as the service does.
 * @throws ServiceError about the first member that is missing, of the wrong type, or outside its limits
 */
export function readInput<T>(
  schema: z.ZodType<T>,
  raw: unknown,
  errors: InputErrors = USUAL_INPUT_ERRORS,
): T {
  const read = schema.safeParse(raw, { reportInput: true });
  if (read.success) return read.data;
  const { issues } = read.error;
  // A missing member is reported before a bad value: nothing else can be judged without it.
  const issue = issues.find((each) => each.input === undefined) ?? issues[0];
  if (issue === undefined) throw new ServiceError(errors.missing, 'The request is not valid.');
  const path = pathOf(issue.path);
  if (issue.input === undefined) {
    throw new ServiceError(errors.missing, `The request is missing the required parameter '${path}'.`);
  }
  if (issue.code === 'invalid_type') {
    throw new ServiceError(
      errors.missing,
      path === ''
        ? 'The request body must be a JSON object.'
        : `The parameter '${path}' has the wrong type: expected ${issue.expected}.`,
    );
  }
  throw new ServiceError(errors.value, notValid(path, whyOf(issue, String(issue.path.at(-1) ?? path))));
}
