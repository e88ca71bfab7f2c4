/** Source of our own events. */
export const EVENT_SOURCE = 'auto-ami';

/** Events others may automate on (design §7, Events out). Detail carries `version: "1"`. */
export const EVENTS = {
  BASE_IMAGE_UPDATED: 'Base Image Updated',
  BUILD_QUEUED: 'Build Queued',
  BUILD_STARTED: 'Build Started',
  BUILD_FINISHED: 'Build Finished',
  AMI_PROMOTED: 'AMI Promoted',
  BUDGET_EXHAUSTED: 'Budget Exhausted',
  BUDGET_OVERRUN: 'Budget Overrun',
  DEADLINE_AT_RISK: 'Deadline At Risk',
  DEADLINE_MISSED: 'Deadline Missed',
  APPROVAL_WANTED: 'Approval Wanted',
  END_OF_LIFE_NEAR: 'End Of Life Near',
} as const;

/** Hints between our own functions: what they say may be stale, lost or doubled, and is looked up again. */
export const HINTS = {
  UPDATE_ASSESSED: 'Base Image Assessed',
  /** A turn or an image is awaited, a slot or money came free, the policy changed: someone may be able to go on. */
  TURN_AWAITED: 'Turn Awaited',
  BUILD_REQUEUED: 'Build Requeued',
  IMAGE_AWAITED: 'Image Awaited',
  POLICY_CHANGED: 'Policy Changed',
  TEMPLATE_CHANGED: 'Template Changed',
  PACKAGE_EPOCH_RAISED: 'Package Epoch Raised',
} as const;

/** What others tell us of on the default bus, with our source: an instance of a template was launched. */
export const LAUNCHED = 'Template Launched';

/**
 * A domain event as it goes on the default bus: versioned, and documented in `docs/events.md`, so that others
 * can automate on it. Hints have the same shape and promise nothing.
 */
export interface DomainEvent {
  readonly detailType: (typeof EVENTS)[keyof typeof EVENTS] | (typeof HINTS)[keyof typeof HINTS];
  /** Shape of `detail`; a change that breaks readers raises it. */
  readonly version: '1';
  readonly detail: Readonly<Record<string, unknown>>;
  /** Printable subjects, put into the event's `resources`. */
  readonly resources?: readonly string[];
}
