import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FunctionName } from './functionNames.ts';
import type { House } from './house.ts';
import type { ImageBuilderAccess } from './imageBuilderAccess.ts';
import { LoopFunction } from './loopFunction.ts';
import type { OurAmis } from './ourAmis.ts';
import type { PublishedAmis } from './publishedAmis.ts';
import type { StateTable } from './stateTable.ts';

export interface BuildStepsProps {
  readonly house: House;
  readonly table: StateTable;
  readonly imageBuilder: ImageBuilderAccess;
  readonly publishedAmis: PublishedAmis;
  readonly ourAmis: OurAmis;
}

/** The functions that `compile-template` calls and waits for: what they throw, its definition retries or catches. */
export class BuildSteps extends Construct {
  readonly functions: readonly LoopFunction[];
  /** Placeholders of the definition. */
  readonly substitutions: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: BuildStepsProps) {
    super(scope, id);
    const { table, imageBuilder, publishedAmis, ourAmis } = props;
    const step = (stepId: string, name: FunctionName, description: string): LoopFunction => {
      const fn = new LoopFunction(this, stepId, {
        house: props.house,
        name,
        description,
        timeout: Duration.minutes(1),
        tracedByCallerOnly: true,
      });
      table.grantReadWrite(fn);
      return fn;
    };

    const checkBudget = step(
      'CheckBudget',
      'check-budget',
      'Verifies that this attempt holds its slot and its money',
    );
    const startImage = step(
      'StartImage',
      'start-image',
      'Makes component, recipe and configurations, and starts the image',
    );
    imageBuilder.grantStart(startImage);
    const recordImage = step('RecordImage', 'record-image', 'Books AMI, cost and slot of a finished image');
    imageBuilder.grantLook(recordImage);
    imageBuilder.grantListPackages(recordImage);
    const publishImage = step('PublishImage', 'publish-image', 'Promotes the AMI and publishes its id');
    publishedAmis.grantPublish(publishImage);
    ourAmis.grantOffer(publishImage);
    const recordFailure = step(
      'RecordFailure',
      'record-failure',
      'Keeps the reason, and decides on another attempt',
    );
    imageBuilder.grantCancel(recordFailure);

    this.functions = [checkBudget, startImage, recordImage, publishImage, recordFailure];
    this.substitutions = {
      CheckBudgetFunctionArn: checkBudget.functionArn,
      StartImageFunctionArn: startImage.functionArn,
      RecordImageFunctionArn: recordImage.functionArn,
      PublishImageFunctionArn: publishImage.functionArn,
      RecordFailureFunctionArn: recordFailure.functionArn,
    };
  }
}
