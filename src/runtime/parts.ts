import type { Services } from '../ports.ts';
import type { Basics, Deployment } from './deployment.ts';

/**
 * How some services are made for a deployment. A function names the parts it is made of, and loads, tells its role
 * and pays at its cold start for nothing else.
 */
export type Parts<S extends Partial<Services>> = {
  readonly [K in Exclude<keyof S, keyof Basics>]: (deployment: Deployment) => S[K];
};

/** One value for each deployment, made when it is first asked for. */
export function perDeployment<T>(make: (deployment: Deployment) => T): (deployment: Deployment) => T {
  const made = new WeakMap<Deployment, { readonly value: T }>();
  return (deployment) => {
    const known = made.get(deployment) ?? { value: make(deployment) };
    made.set(deployment, known);
    return known.value;
  };
}
