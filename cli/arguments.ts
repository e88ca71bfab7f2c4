import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError, which commander says with the option's name */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,2}$|^1000$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number from 1 to 1000 is expected.');
}
