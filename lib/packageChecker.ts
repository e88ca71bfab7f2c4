import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DAY, MINUTE } from '../src/core/words.ts';
import type { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import type { ImageBuilderAccess } from './imageBuilderAccess.ts';
import { LoopFunction } from './loopFunction.ts';
import type { StateTable } from './stateTable.ts';

export interface PackageCheckerProps {
  readonly house: House;
  readonly table: StateTable;
  readonly imageBuilder: ImageBuilderAccess;
  readonly deadLetters: DeadLetters;
}

/** Looks daily whether advisories have come out about the packages of our own images. */
export class PackageChecker extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { house, table, imageBuilder, deadLetters }: PackageCheckerProps,
  ) {
    super(scope, id);
    const check = new LoopFunction(this, 'CheckPackages', {
      house,
      name: 'check-packages',
      description: 'Compares the packages of our own images with the advisories about them',
      // One pass over the feeds for all images: the largest is unpacked as it comes in, which is all computing.
      timeout: Duration.minutes(15),
      memory: 2048,
      deadLetters,
      tracedByCallerOnly: true,
    });
    table.grantReadWrite(check);
    imageBuilder.grantListPackages(check);
    check.onClock('Daily', 'Looks for holes in the packages of our own images', DAY / MINUTE);
  }
}
