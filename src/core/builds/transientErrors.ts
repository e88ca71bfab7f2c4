/**
 * Which errors of AWS pass by themselves: the same attempt may go well later, so that it is worth another one
 * (issue 3, Compilation). What is not in this table is not transient: a request that is wrong, or not permitted, or
 * names something that does not exist stays so.
 *
 * Names are as services give them, without `Exception` at their end: some write it, some do not.
 */
export const TRANSIENT_ERRORS = {
  throttling: [
    'CallRateLimitExceeded',
    'EC2Throttled',
    'LimitExceeded',
    'PriorRequestNotComplete',
    'ProvisionedThroughputExceeded',
    'RequestLimitExceeded',
    'RequestThrottled',
    'SlowDown',
    'Throttled',
    'Throttling',
    'TooManyRequests',
    'TooManyUpdates',
    'TransactionConflict',
    'TransactionInProgress',
  ],
  capacity: [
    'InsufficientCapacity',
    'InsufficientFreeAddressesInSubnet',
    'InsufficientHostCapacity',
    'InsufficientInstanceCapacity',
    'InsufficientReservedInstanceCapacity',
    'InsufficientVolumeCapacity',
  ],
  /** Room comes free when other builds end, or when somebody raises the quota. */
  quota: [
    'ConcurrentSnapshotLimitExceeded',
    'InstanceLimitExceeded',
    'PendingSnapshotLimitExceeded',
    'ResourceCountLimitExceeded',
    'ResourceLimitExceeded',
    'ServiceQuotaExceeded',
    'SnapshotLimitExceeded',
    'VcpuLimitExceeded',
    'VolumeLimitExceeded',
  ],
  fault: [
    'InternalError',
    'InternalFailure',
    'InternalServer',
    'InternalServerError',
    'InternalService',
    'InternalServiceError',
    'Service',
    'ServiceFailure',
    'ServiceUnavailable',
    'Unavailable',
    // Step Functions' words for faults of Lambda: of the service, the network, the function's process.
    'AWSLambda',
    'SdkClient',
    'Unknown',
  ],
  timeout: [
    'ECONNREFUSED',
    'ECONNRESET',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EPIPE',
    'ETIMEDOUT',
    'RequestTimeout',
    'TimedOut',
    'Timedout',
    'TimeoutError',
  ],
  /** Others of us were writing the same, again and again. */
  contention: ['ResourceInUse', 'TryAgain'],
} as const;

export type TransientKind = keyof typeof TRANSIENT_ERRORS;

/** What AWS says in sentences where the failure of an image carries no name. */
const SENTENCES: readonly { readonly kind: TransientKind; readonly pattern: RegExp }[] = [
  { kind: 'capacity', pattern: /not have sufficient .{0,80}capacity|insufficient capacity/i },
  { kind: 'quota', pattern: /more vCPU capacity than your current vCPU limit/i },
  { kind: 'throttling', pattern: /\brate exceeded\b/i },
];

const KINDS = new Map<string, TransientKind>(
  Object.entries(TRANSIENT_ERRORS).flatMap(([kind, names]) =>
    names.map((name): [string, TransientKind] => [name, kind as TransientKind]),
  ),
);

/** Names inside a sentence: several capitals (`InsufficientInstanceCapacity`) or a code of the system (`ECONNRESET`). */
const NAMES_IN_TEXT = /\b(?:[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]+)+|E[A-Z_]{4,})\b/g;

/**
 * The kind of a transient error, undefined for others.
 * @param error its name, also with the service in front as Step Functions writes it (`Lambda.TooManyRequestsException`)
 * @param reason the sentence with it: Image Builder hands EC2's own error on in there
 */
export function transientKind(error: string, reason = ''): TransientKind | undefined {
  const named = [error.slice(error.lastIndexOf('.') + 1), ...(reason.match(NAMES_IN_TEXT) ?? [])];
  for (const name of named) {
    const kind = KINDS.get(name.replace(/Exception$/, ''));
    if (kind !== undefined) return kind;
  }
  return SENTENCES.find(({ pattern }) => pattern.test(reason))?.kind;
}

/** Whether another attempt is worth it. */
export function isTransient(error: string, reason?: string): boolean {
  return transientKind(error, reason) !== undefined;
}
