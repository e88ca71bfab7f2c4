import type { ENV } from '../contract.ts';

export type EnvironmentName = (typeof ENV)[keyof typeof ENV];

/** A function was started without what the stacks should have told it. */
export class MissingEnvironment extends Error {
  override readonly name = 'MissingEnvironment';
  constructor(name: string) {
    super(`The environment variable ${name} is not set; deploy the stacks again.`);
  }
}

/** Reads what the stacks told this function; each function is told only what it needs. */
export type Environment = (name: EnvironmentName) => string;

/** @throws MissingEnvironment by the returned function, when a name is asked for that is not set */
export function environmentOf(variables: Readonly<Record<string, string | undefined>>): Environment {
  return (name) => {
    const value = variables[name];
    if (value === undefined || value === '') throw new MissingEnvironment(name);
    return value;
  };
}
