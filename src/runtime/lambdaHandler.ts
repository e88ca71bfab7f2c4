import type { Context } from 'aws-lambda';
import type { Services } from '../ports.ts';
import { deploymentOf, type Basics, type Deployment } from './deployment.ts';
import { lazily, type Makers } from './lazily.ts';
import type { Parts } from './parts.ts';

/** What the Lambda service calls. */
export type Handler<O> = (event: unknown, context: Context) => Promise<O>;

/** What the log may hold of an invocation; what carries task tokens, signatures or whole documents is not for it. */
export interface Logged<I, O> {
  /** @default the whole input */
  readonly input?: (input: I) => unknown;
  /** @default the whole output */
  readonly output?: (output: O) => unknown;
}

/**
 * The handler of a function: the event parsed, the use case run with its services, both ends logged. Services are made
 * when they are first used, and never when the file is imported. Errors leave as they are thrown: Step Functions
 * retries by their names, everyone else by the fact.
 * @param parts what the use case needs; a missing one does not compile
 */
export function lambdaHandler<I, O, Needed extends Partial<Services>>(
  parse: (event: unknown) => I,
  useCase: (input: I, services: Needed) => Promise<O>,
  parts: Parts<Needed>,
  logged: Logged<I, O> = {},
): Handler<O> {
  const { input: inputLogged = whole, output: outputLogged = whole } = logged;
  let started: { readonly deployment: Deployment; readonly services: Needed } | undefined;
  return async (event, context) => {
    const { deployment, services } = (started ??= start(parts));
    const { logger, basics } = deployment;
    logger.resetKeys();
    logger.addContext(context);
    try {
      const input = parse(event);
      basics.log.info('begins', { input: inputLogged(input) });
      const output = await useCase(input, services);
      basics.log.info('ends', { output: outputLogged(output) });
      return output;
    } catch (error) {
      basics.log.error('fails', { error });
      throw error;
    }
  };
}

const whole = (value: unknown): unknown => value;

function start<Needed extends Partial<Services>>(parts: Parts<Needed>) {
  const deployment = deploymentOf(process.env);
  return { deployment, services: servicesOf(deployment, parts) };
}

/** The services of a use case: the basics, and what its parts make. */
export function servicesOf<Needed extends Partial<Services>>(
  deployment: Deployment,
  parts: Parts<Needed>,
): Needed {
  const { basics } = deployment;
  const makers: Record<string, () => unknown> = {};
  for (const name of Object.keys(parts)) {
    const make = Reflect.get(parts, name) as (deployment: Deployment) => unknown;
    makers[name] = () => make(deployment);
  }
  const basicMakers: Makers<Basics> = {
    now: () => basics.now,
    chance: () => basics.chance,
    sha256: () => basics.sha256,
    log: () => basics.log,
    settings: () => basics.settings,
  };
  return lazily({ ...makers, ...basicMakers } as unknown as Makers<Needed & object>);
}
