import { table } from '../cli/text/table.ts';
import { ratioOf, type Figure, type Report, type Unit } from './report.ts';

const MEGABYTE = 1_000_000;

/** A figure as people write it. */
export function quantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'bytes':
      return `${Math.round(value / MEGABYTE).toLocaleString('en-US')} MB`;
    case 'seconds':
      return value < 1 ? `${(value * 1_000).toPrecision(3)} ms` : `${value.toFixed(1)} s`;
    case 'count':
      return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
  }
}

const COLUMNS = ['', 'measured', 'floor', 'times the floor', 'aim'];

function row({ name, unit, value, floor, aim }: Figure): string[] {
  const ratio = ratioOf({ value, ...(floor === undefined ? {} : { floor }) });
  return [
    name,
    quantity(value, unit),
    floor === undefined ? '' : quantity(floor, unit),
    ratio === undefined ? '' : ratio.toFixed(2),
    aim === undefined ? '' : `${quantity(aim, unit)} ${value <= aim ? '✓' : '✗'}`,
  ];
}

/** What a part found, for people: only columns that say something. */
export function reportLines(title: string, { groups, problems }: Report): string[] {
  return [
    title,
    ...problems.map((problem) => `✗ ${problem}`),
    ...groups.flatMap((group) => {
      const rows = group.figures.map(row);
      const used = COLUMNS.flatMap((_, column) =>
        rows.some((cells) => cells[column] !== '') ? [column] : [],
      );
      const lines = table(
        used.map((column) => ({ title: column === 0 ? group.title : (COLUMNS[column] ?? '') })),
        rows.map((cells) => used.map((column) => cells[column] ?? '')),
        Number.POSITIVE_INFINITY,
      );
      return [
        '',
        ...lines.map((line) => `  ${line}`),
        ...(group.note === undefined ? [] : [`  ${group.note}`]),
      ];
    }),
    '',
  ];
}
