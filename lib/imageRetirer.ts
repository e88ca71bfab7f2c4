import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DAY, MINUTE } from '../src/core/words.ts';
import type { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import type { ImageBuilderAccess } from './imageBuilderAccess.ts';
import { LoopFunction } from './loopFunction.ts';
import type { OurAmis } from './ourAmis.ts';
import type { StateTable } from './stateTable.ts';

export interface ImageRetirerProps {
  readonly house: House;
  readonly table: StateTable;
  readonly imageBuilder: ImageBuilderAccess;
  readonly ourAmis: OurAmis;
  readonly deadLetters: DeadLetters;
}

/** Takes AMIs that gave way to others out of use, a step a day: the one function that removes anything. */
export class ImageRetirer extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { house, table, imageBuilder, ourAmis, deadLetters }: ImageRetirerProps,
  ) {
    super(scope, id);
    const retire = new LoopFunction(this, 'RetireImages', {
      house,
      name: 'retire-images',
      description: 'Deprecates, disables and deregisters AMIs that gave way to others',
      // Calls that change AMIs and Image Builder's resources are slow, and throttled early.
      timeout: Duration.minutes(15),
      deadLetters,
      tracedByCallerOnly: true,
    });
    table.grantReadWrite(retire);
    ourAmis.grantRetire(retire);
    ourAmis.grantFindUsers(retire);
    imageBuilder.grantRemove(retire);
    retire.onClock('Daily', 'Takes AMIs that gave way to others out of use', DAY / MINUTE);
  }
}
