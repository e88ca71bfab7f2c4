import { readFileSync } from 'node:fs';

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
}

export interface Definition {
  readonly States: Readonly<Record<string, { readonly Type: string; readonly Retry?: readonly Retrier[] }>>;
}

const TEXT = readFileSync(new URL('../../state-machines/compile-template.asl.json', import.meta.url), 'utf8');

/** The definition of `compile-template`, with its placeholders. */
export const DEFINITION = JSON.parse(TEXT) as Definition;

/** The definition with the names of AWS's own integrations in a partition; the other placeholders stay. */
export function deployedIn(partition: string): Definition {
  return JSON.parse(TEXT.replaceAll('${Partition}', partition)) as Definition;
}

/**
 * The definition for the local AWS: placeholders replaced, and pauses before a repetition so short that a test can
 * wait for all of them. Everything else is as it is deployed.
 */
export function impatient(substitutions: Readonly<Record<string, string>>): string {
  const text = TEXT.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = substitutions[name];
    if (value === undefined) throw new Error(`nothing is put in for ${placeholder}`);
    return value;
  });
  return JSON.stringify(JSON.parse(text), (key, value: unknown) =>
    key === 'IntervalSeconds' ? 0.02 : key === 'BackoffRate' ? 1 : value,
  );
}
