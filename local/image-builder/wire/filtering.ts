import { matchesVersion } from '../resources/names.ts';
import { invalidValue } from './serviceError.ts';
import type { Filter } from '../operations/shapes.ts';

/** The filters an operation knows, each with the value of an item it is compared with. */
export type FilterFields<T> = Readonly<Record<string, (item: T) => string | readonly string[] | undefined>>;

/** Versions may be filtered by patterns such as `1.0.x`; everything else is compared as it is. */
const fits = (filter: string, wanted: string, value: string): boolean =>
  filter === 'version' ? wanted.split('/')[0] === value || matchesVersion(wanted, value) : wanted === value;

/**
 * Items that fit every filter: within a filter one value is enough.
 * @throws ServiceError InvalidParameterValueException for a filter this operation does not know
 */
export function filtered<T>(
  items: readonly T[],
  filters: readonly Filter[] | undefined,
  fields: FilterFields<T>,
): readonly T[] {
  const tests = (filters ?? []).map(({ name = '', values = [] }, at) => {
    const field = fields[name];
    if (field === undefined) {
      throw invalidValue(
        `filters[${at}].name`,
        `'${name}' is not a filter of this operation. Valid filters are: ${Object.keys(fields).join(', ')}.`,
      );
    }
    return (item: T): boolean => {
      const actual = field(item);
      const candidates = actual === undefined ? [] : typeof actual === 'string' ? [actual] : actual;
      return values.some((wanted) => candidates.some((value) => fits(name, wanted, value)));
    };
  });
  return items.filter((item) => tests.every((test) => test(item)));
}
