import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EVENT_SOURCE, EVENTS, HINTS, LAUNCHED } from '../src/contract.ts';
import type { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import { LoopFunction } from './loopFunction.ts';
import { recordedLaunches } from './recordedLaunches.ts';
import type { StateTable } from './stateTable.ts';

export interface RequestBuildsProps {
  readonly house: House;
  readonly table: StateTable;
  readonly deadLetters: DeadLetters;
}

/** Compares the images there should be with those there are, and asks for what is missing. */
export class RequestBuilds extends Construct {
  constructor(scope: Construct, id: string, { house, table, deadLetters }: RequestBuildsProps) {
    super(scope, id);
    const request = new LoopFunction(this, 'Function', {
      house,
      name: 'request-builds',
      description: 'Asks for the builds that a new base image, template or policy makes necessary',
      timeout: Duration.minutes(2),
      memory: 1024,
      deadLetters,
    });
    table.grantReadWrite(request);
    request.onEvent('SomethingChanged', 'The desired state may have changed', {
      source: [EVENT_SOURCE],
      detailType: [
        // A region that follows by a step which was assessed before: nothing else tells of it.
        EVENTS.BASE_IMAGE_UPDATED,
        HINTS.UPDATE_ASSESSED,
        HINTS.TEMPLATE_CHANGED,
        HINTS.POLICY_CHANGED,
        HINTS.PACKAGE_EPOCH_RAISED,
      ],
    });
    request.onEvent('Launched', 'Somebody launched a template, and says so', {
      source: [EVENT_SOURCE],
      detailType: [LAUNCHED],
    });
    request.onEvent('LaunchRecorded', 'CloudTrail recorded the launch of a template', recordedLaunches());
  }
}
