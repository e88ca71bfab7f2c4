/** What is counted or taken: how a figure is written for people. */
export type Unit = 'count' | 'seconds' | 'bytes';

/** One measured figure. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
  /** What cannot be had for less, measured or counted in the same run: performance is the ratio to it. */
  readonly floor?: number;
  /** What it is to stay below, on the machine of docs/benchmarks.md. */
  readonly aim?: number;
}

/** Figures that belong together. */
export interface Group {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** What the floor is, or how it was measured. */
  readonly note?: string;
}

/** What one part of the bench found; a problem is something that went wrong, not something that was slow. */
export interface Report {
  readonly groups: readonly Group[];
  readonly problems: readonly string[];
}

/** How many times the floor; undefined without a floor to be compared with. */
export function ratioOf({ value, floor }: Pick<Figure, 'value' | 'floor'>): number | undefined {
  return floor === undefined || floor === 0 ? undefined : value / floor;
}

/** The sum of some figures, with the sum of their floors: of one without a floor everything is above it. */
export function totalOf(name: string, figures: readonly Figure[]): Figure {
  return {
    name,
    unit: figures[0]?.unit ?? 'count',
    value: figures.reduce((sum, { value }) => sum + value, 0),
    floor: figures.reduce((sum, { floor = 0 }) => sum + floor, 0),
  };
}
