import type { z } from 'zod';
import type { Faults } from '../faults.ts';
import type { ImageBuilds } from '../build/imageBuilds.ts';
import type { PackagesOf } from '../build/packages.ts';
import { readInput } from '../wire/readInput.ts';
import type { InputErrors } from '../wire/readInput.ts';
import { ServiceError } from '../wire/serviceError.ts';
import type { Settings } from '../settings.ts';
import type { IamCheck, Place, Sides } from '../sides.ts';
import type { RegionStore } from '../resources/store.ts';

/** What a handler may use: its place, its store, and the rest of AWS. */
export interface Call {
  readonly place: Place;
  readonly store: RegionStore;
  readonly sides: Sides;
  readonly settings: Settings;
  readonly builds: ImageBuilds;
  readonly faults: Faults;
  readonly packagesOf: PackagesOf;
  readonly now: () => number;
}

/** One operation of the API: where it is, what it takes, what IAM is asked, what it does. */
export interface OperationSpec<Input> {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A path ending in `/{resourceArn}` puts the rest of the path into that member. */
  readonly path: string;
  /** Members that may be repeated in the query string. */
  readonly queryLists?: readonly string[];
  readonly input: z.ZodType<Input>;
  readonly inputErrors?: InputErrors;
  /** Whether the answer has a `requestId` member. Default: yes. */
  readonly answersRequestId?: boolean;
  /**
   * The actions AWS checks for this call (Service Authorization Reference, "EC2 Image Builder": the action itself, then its
   * dependent actions as far as this input needs them).
   */
  readonly iam: (input: Input, call: Call) => readonly IamCheck[] | Promise<readonly IamCheck[]>;
  readonly run: (input: Input, call: Call) => object | Promise<object>;
}

export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly queryLists: readonly string[];
  readonly answersRequestId: boolean;
  /** Validates, authorizes, runs: the members of the answer, without `requestId`. @throws ServiceError */
  readonly handle: (raw: unknown, call: Call, authorize: Authorize) => Promise<object>;
}

/** @throws ServiceError AccessDeniedException about the first check that is not allowed */
export type Authorize = (checks: readonly IamCheck[]) => Promise<void>;

interface Repeatable {
  readonly clientToken?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

const repeatable = (input: unknown): Repeatable => (typeof input === 'object' && input !== null ? input : {});

export const operation = <Input extends object>(spec: OperationSpec<Input>): Operation => ({
  name: spec.name,
  method: spec.method,
  path: spec.path,
  queryLists: spec.queryLists ?? [],
  answersRequestId: spec.answersRequestId ?? true,
  async handle(raw, call, authorize) {
    const input = readInput(spec.input, raw, spec.inputErrors);
    await authorize(await spec.iam(input, call));
    const { clientToken, dryRun } = repeatable(input);
    const run = async (): Promise<object> => spec.run(input, call);
    if (clientToken === undefined || dryRun === true) return run();
    const parameters = { ...input, clientToken: undefined };
    const answer = await call.store.tokens.once(spec.name, clientToken, parameters, run);
    return { ...answer, clientToken };
  },
});

/** Ends a dry run: everything was checked, nothing is created. */
export function endDryRun(dryRun: boolean | undefined): void {
  if (dryRun === true) {
    throw new ServiceError(
      'DryRunOperationException',
      'The dry run operation was successful, and no resources or mutations were performed due to the dry run flag in the request.',
    );
  }
}
