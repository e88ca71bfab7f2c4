import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { slug } from './resources/names.ts';
import { ERROR_STATUS } from './wire/serviceError.ts';
import type { ErrorCode } from './wire/serviceError.ts';
import type { Tags } from './sides.ts';

/** Statuses at whose end a build can be made to fail. */
export const FAILING_STATUSES = ['BUILDING', 'TESTING', 'DISTRIBUTING', 'INTEGRATING'] as const;
/** Statuses EventBridge is told of (user guide, "Amazon EventBridge integration"). */
export const EVENT_STATUSES = [
  'BUILDING',
  'TESTING',
  'DISTRIBUTING',
  'INTEGRATING',
  'AVAILABLE',
  'CANCELLED',
  'FAILED',
] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

const isErrorCode = (text: string): text is ErrorCode => text in ERROR_STATUS;

/** A fault on demand: what it meets, and what goes wrong then. */
export const faultRequest = z.strictObject({
  match: z
    .strictObject({
      /** Name of the image recipe (as given or as in its ARN). */
      recipeName: z.string().optional(),
      /** Tags of the CreateImage request, all of which must be equal. */
      tags: z.record(z.string(), z.string()).optional(),
      region: z.string().optional(),
      /** Only for throttle, answerWith and loseAnswer; loseAnswer means CreateImage if nothing is said. */
      operation: z.string().optional(),
      /** How often it applies; without it always, but answerWith and loseAnswer once. */
      count: z.int().positive().optional(),
    })
    .default({}),
  fault: z.union([
    z.strictObject({ failAt: z.enum(FAILING_STATUSES), reason: z.string().min(1).optional() }),
    z.strictObject({ slowFactor: z.number().positive() }),
    z.strictObject({ dropEvent: z.array(z.enum(EVENT_STATUSES)).min(1) }),
    z.strictObject({ duplicateEvent: z.literal(true) }),
    z.strictObject({ delayEvent: z.number().positive() }),
    z.strictObject({ throttle: z.int().positive() }),
    z.strictObject({
      answerWith: z.string().refine(isErrorCode, 'not an error code of Image Builder'),
      message: z.string().optional(),
    }),
    z.strictObject({ loseAnswer: z.literal(true) }),
  ]),
});
export type FaultRequest = z.input<typeof faultRequest>;
type Fault = z.output<typeof faultRequest>;

/** What goes wrong with one image. */
export interface ImageFaults {
  readonly failAt?: (typeof FAILING_STATUSES)[number];
  readonly reason?: string;
  readonly slowFactor: number;
  readonly dropEvents: ReadonlySet<string>;
  readonly duplicateEvents: boolean;
  /** Milliseconds by which every event is late. */
  readonly delayEvents: number;
}

/** What goes wrong with one request. */
export type RequestFault =
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message?: string | undefined }
  | { readonly kind: 'loseAnswer' };

export interface Faults {
  /** @throws Error naming everything wrong with the request */
  add(fault: FaultRequest): string;
  /** The same for what came over HTTP. */
  addUnchecked(fault: unknown): string;
  list(): readonly (Fault & { readonly id: string; readonly remaining: number | undefined })[];
  /** Removes one, or all. */
  remove(id?: string): void;
  forImage(image: { readonly recipeName: string; readonly tags: Tags; readonly region: string }): ImageFaults;
  forRequest(request: {
    readonly operation: string;
    readonly region: string;
    readonly recipeName?: string | undefined;
    readonly tags?: Tags | undefined;
  }): RequestFault | undefined;
}

interface Active {
  readonly id: string;
  readonly fault: Fault;
  remaining: number | undefined;
}

const subset = (wanted: Tags, actual: Tags): boolean =>
  Object.entries(wanted).every(([key, value]) => actual[key] === value);

function initialCount({ match, fault }: Fault): number | undefined {
  if ('throttle' in fault) return fault.throttle;
  if ('loseAnswer' in fault || 'answerWith' in fault) return match.count ?? 1;
  return match.count;
}

const meets = (
  { match }: Fault,
  subject: {
    readonly recipeName?: string | undefined;
    readonly tags?: Tags | undefined;
    readonly region: string;
  },
): boolean =>
  (match.region === undefined || match.region === subject.region) &&
  (match.recipeName === undefined || slug(match.recipeName) === slug(subject.recipeName ?? '')) &&
  (match.tags === undefined || subset(match.tags, subject.tags ?? {}));

const NO_FAULTS: ImageFaults = {
  slowFactor: 1,
  dropEvents: new Set(),
  duplicateEvents: false,
  delayEvents: 0,
};

/** What one fault adds to an image's; `undefined` if it is about requests. */
function added(faults: ImageFaults, { fault }: Fault): ImageFaults | undefined {
  if ('failAt' in fault) {
    const { failAt, reason } = fault;
    return { ...faults, failAt, ...(reason === undefined ? {} : { reason }) };
  }
  if ('slowFactor' in fault) return { ...faults, slowFactor: faults.slowFactor * fault.slowFactor };
  if ('dropEvent' in fault)
    return { ...faults, dropEvents: new Set([...faults.dropEvents, ...fault.dropEvent]) };
  if ('duplicateEvent' in fault) return { ...faults, duplicateEvents: true };
  if ('delayEvent' in fault) return { ...faults, delayEvents: faults.delayEvents + fault.delayEvent };
  return undefined;
}

function requestFault({ fault }: Fault): RequestFault | undefined {
  if ('throttle' in fault) return { kind: 'error', code: 'CallRateLimitExceededException' };
  if ('answerWith' in fault) return { kind: 'error', code: fault.answerWith, message: fault.message };
  return 'loseAnswer' in fault ? { kind: 'loseAnswer' } : undefined;
}

const meansOperation = ({ match, fault }: Fault, operation: string): boolean =>
  match.operation === undefined
    ? !('loseAnswer' in fault) || operation === 'CreateImage'
    : match.operation === operation;

export function memoryFaults(): Faults {
  let active: readonly Active[] = [];
  const use = (one: Active): void => {
    if (one.remaining === undefined) return;
    one.remaining -= 1;
    if (one.remaining === 0) active = active.filter((each) => each !== one);
  };
  const addUnchecked = (request: unknown): string => {
    const read = faultRequest.safeParse(request);
    if (!read.success) throw new Error(`This is not a fault:\n${z.prettifyError(read.error)}`);
    const id = randomUUID();
    active = [...active, { id, fault: read.data, remaining: initialCount(read.data) }];
    return id;
  };
  return {
    add: addUnchecked,
    addUnchecked,
    list: () => active.map(({ id, fault, remaining }) => ({ id, remaining, ...fault })),
    remove(id) {
      active = id === undefined ? [] : active.filter((each) => each.id !== id);
    },
    forImage(image) {
      let faults = NO_FAULTS;
      for (const one of active.filter(({ fault }) => meets(fault, image))) {
        const next = added(faults, one.fault);
        if (next === undefined) continue;
        faults = next;
        use(one);
      }
      return faults;
    },
    forRequest(request) {
      for (const one of active) {
        const found = requestFault(one.fault);
        if (
          found === undefined ||
          !meansOperation(one.fault, request.operation) ||
          !meets(one.fault, request)
        )
          continue;
        use(one);
        return found;
      }
      return undefined;
    },
  };
}
