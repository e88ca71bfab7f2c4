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
