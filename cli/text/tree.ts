import { wrap } from './width.ts';

/** A line with what hangs below it. */
export interface Branch {
  readonly text: string;
  readonly below?: readonly Branch[];
}

/** Below this many columns lines are no longer broken to fit: they would be unreadable. */
const NARROWEST = 24;

/**
 * Branches as lines: `├── ` before all but the last, `└── ` before that, and long texts broken with the branch
 * going on beside them.
 * @param width columns of the terminal; Infinity: nothing is broken
 */
export function tree(branches: readonly Branch[], width: number, indent = ''): string[] {
  return branches.flatMap(({ text, below = [] }, index) => {
    const last = index === branches.length - 1;
    const deeper = `${indent}${last ? '    ' : '│   '}`;
    const beside = below.length === 0 ? deeper : `${deeper}│   `;
    const [first = '', ...more] = wrap(text, Math.max(NARROWEST, width - beside.length));
    return [
      `${indent}${last ? '└── ' : '├── '}${first}`,
      ...more.map((line) => `${beside}${line}`),
      ...tree(below, width, deeper),
    ];
  });
}
