import { ApiError } from '../../api/errors.ts';
import { nearest } from '../../core/template/problem.ts';

/** Names listed where none is near enough to be meant. */
const LISTED = 10;

/** `There is no template "pyton-ml". Did you mean python-ml?`: a name nobody has, and the nearest that somebody has. */
export function notFound(kind: string, name: string, known: Iterable<string>): ApiError {
  return new ApiError('not-found', `There is no ${kind} "${name}". ${whatThereIs(name, [...known])}`);
}

/** What to write instead of a name that nobody has, in a sentence. */
export function whatThereIs(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `Did you mean ${near}?`;
  if (known.length === 0) return 'There are none yet.';
  const more = known.length > LISTED ? ` and ${known.length - LISTED} more` : '';
  return `There are ${[...known].sort().slice(0, LISTED).join(', ')}${more}.`;
}
