import type { Problem } from './values.ts';

/** `policy.yaml:4:20 budgets.daily: found "lots" (expected dollars; write 25.00)`: one line, as compilers write it. */
export function problemInWords({ file, line, column, path, message, expected, suggestion }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const where = [place, path === undefined || path === '' ? '' : `${path}:`]
    .filter((part) => part !== '')
    .join(' ');
  const hints = [expected === undefined ? '' : `expected ${expected}`, suggestion ?? ''].filter(
    (hint) => hint !== '',
  );
  return `${where === '' ? '' : `${where} `}${message}${hints.length === 0 ? '' : ` (${hints.join('; ')})`}`;
}
