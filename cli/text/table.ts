import { displayWidth, padded, truncate } from './width.ts';

export interface Column {
  readonly title: string;
  /** Names for people may be cut to fit; ids and what is copied from may not. */
  readonly mayBeCut?: true;
}

const GAP = 2;
/** No column is cut narrower than this. */
const NARROWEST = 8;

/**
 * Rows under a heading, columns aligned. What is too wide for the terminal is taken from the widest of the columns
 * that may be cut.
 * @param width columns of the terminal; Infinity: nothing is cut
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = fitted(
    columns.map((_, index) => Math.max(...all.map((row) => displayWidth(row[index] ?? '')))),
    columns,
    width,
  );
  return all.map((row) =>
    widths
      .map((wide, index) => padded(truncate(row[index] ?? '', wide), wide))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function fitted(widths: readonly number[], columns: readonly Column[], width: number): readonly number[] {
  const total = widths.reduce((sum, wide) => sum + wide + GAP, -GAP);
  const cuttable = widths.filter((wide, index) => columns[index]?.mayBeCut === true && wide > NARROWEST);
  if (total <= width || cuttable.length === 0) return widths;
  const widest = widths.findIndex(
    (wide, index) => columns[index]?.mayBeCut === true && wide === Math.max(...cuttable),
  );
  return fitted(widths.with(widest, (widths[widest] ?? 0) - 1), columns, width);
}
