import { InvalidArgumentError } from 'commander';

/** How many to show. @throws InvalidArgumentError, which commander says with the option's name */
export const wholeNumber = between(1, 1000);

/** A place in the queue. @throws InvalidArgumentError */
export const priority = between(0, 1000);

/** Launches that make a template popular. @throws InvalidArgumentError */
export const launches = between(1, 1_000_000);

function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is expected.`);
  };
}

export interface KeyAndValue {
  readonly key: string;
  readonly value: string;
}

/** `daily_budget=40`, of which there may be several. @throws InvalidArgumentError */
export function keyAndValue(text: string, before: readonly KeyAndValue[] = []): readonly KeyAndValue[] {
  const [, key, value] = /^([\w-]+(?:\.[\w-]+)*)=(.+)$/.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new InvalidArgumentError('KEY=VALUE is expected, such as daily_budget=40.');
  return [...before, { key, value: value.trim() }];
}
