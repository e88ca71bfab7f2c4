import { Construct } from 'constructs';
import { EVENT_SOURCE, EVENTS, HINTS } from '../src/contract.ts';
import type { AudienceTopics } from './audienceTopics.ts';
import { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import { LoopFunction } from './loopFunction.ts';
import type { StateTable } from './stateTable.ts';

export interface NotificationsProps {
  readonly house: House;
  readonly table: StateTable;
  readonly topics: AudienceTopics;
}

/** What somebody is told, or `status` shows; a build that starts, or an update not assessed yet, is neither. */
const TOLD = [
  EVENTS.BUILD_QUEUED,
  EVENTS.BUILD_FINISHED,
  EVENTS.AMI_PROMOTED,
  EVENTS.BUDGET_EXHAUSTED,
  EVENTS.BUDGET_OVERRUN,
  EVENTS.DEADLINE_AT_RISK,
  EVENTS.DEADLINE_MISSED,
  EVENTS.APPROVAL_WANTED,
  EVENTS.END_OF_LIFE_NEAR,
  HINTS.UPDATE_ASSESSED,
  HINTS.POLICY_CHANGED,
];

/** Turns what happened into notices for the audiences the policy names. */
export class Notifications extends Construct {
  constructor(scope: Construct, id: string, { house, table, topics }: NotificationsProps) {
    super(scope, id);
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarms: house.alarms,
      tlsOnly: house.tlsOnly,
      impact: 'People are not told of builds, promotions and missed deadlines; the builds themselves go on.',
      runbook: 'notices-are-not-delivered',
    });
    const notify = new LoopFunction(this, 'Notify', {
      house,
      name: 'notify',
      description: 'Tells the right people what happened',
      deadLetters,
    });
    table.grantReadWrite(notify);
    topics.grantPublish(notify);
    notify.onEvent('OurEvents', 'Everything worth telling people', {
      source: [EVENT_SOURCE],
      detailType: TOLD,
    });
  }
}
