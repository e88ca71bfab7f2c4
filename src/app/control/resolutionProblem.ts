import type { Problem } from '../../api/values.ts';
import type { ResolutionProblem } from '../../core/template/resolveInheritance.ts';
import type { ReadTemplate } from './readTemplates.ts';

/** What is wrong with a template among the others; `read` is absent for a stored one that the given ones would break. */
export function resolutionProblem(
  { template, message, suggestion }: ResolutionProblem,
  read: Pick<ReadTemplate, 'file' | 'text'> | undefined,
): Problem {
  const hint = suggestion === undefined ? {} : { suggestion };
  if (read === undefined) return { message: `${template}, which is kept already: ${message}`, ...hint };
  const key = /^inherits\b/u.test(message) ? 'inherits' : /\bbases?\b/u.test(message) ? 'base' : undefined;
  const line = key === undefined ? undefined : lineOf(read.text, key);
  return {
    file: read.file,
    ...(key === undefined || line === undefined ? {} : { line, path: key }),
    message,
    ...hint,
  };
}

/** The line, from 1, on which a key of the document's first level stands. */
function lineOf(text: string, key: string): number | undefined {
  const index = text.split('\n').findIndex((line) => line.startsWith(`${key}:`));
  return index === -1 ? undefined : index + 1;
}
