import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { CompileTemplate } from './compileTemplate.ts';
import type { DeadLetters } from './deadLetters.ts';
import type { FirstPolicy } from './firstPolicy.ts';
import type { House } from './house.ts';
import type { ImageBuilderAccess } from './imageBuilderAccess.ts';
import { LoopFunction } from './loopFunction.ts';
import type { OurAmis } from './ourAmis.ts';
import type { PublishedAmis } from './publishedAmis.ts';
import type { StateTable } from './stateTable.ts';

const MINUTES = 10;

export interface ReconcilerProps {
  readonly house: House;
  readonly table: StateTable;
  readonly imageBuilder: ImageBuilderAccess;
  readonly compileTemplate: CompileTemplate;
  readonly publishedAmis: PublishedAmis;
  readonly ourAmis: OurAmis;
  /** @default none: the built-in policy holds until someone applies one */
  readonly firstPolicy?: FirstPolicy | undefined;
  readonly deadLetters: DeadLetters;
}

/** The slow tick: finds what events missed, and works off what is still pending. */
export class Reconciler extends Construct {
  constructor(scope: Construct, id: string, props: ReconcilerProps) {
    super(scope, id);
    const reconcile = new LoopFunction(this, 'Reconcile', {
      house: props.house,
      name: 'reconcile',
      description: 'Finds what events missed, and sets it right',
      timeout: Duration.minutes(5),
      memory: 1024,
      deadLetters: props.deadLetters,
      tracedByCallerOnly: true,
    });
    props.table.grantReadWrite(reconcile);
    props.imageBuilder.grantCancel(reconcile);
    props.imageBuilder.grantTidy(reconcile);
    props.imageBuilder.grantListPackages(reconcile);
    props.compileTemplate.grantMend(reconcile);
    props.publishedAmis.grantPublish(reconcile);
    props.publishedAmis.grantCompare(reconcile);
    props.ourAmis.grantOffer(reconcile);
    props.firstPolicy?.grantRead(reconcile);
    reconcile.onClock('Tick', 'Looks for what events missed', MINUTES);
  }
}
