import { Stack } from 'aws-cdk-lib';
import type { Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { amiParameterName } from '../src/settings.ts';
import { permit } from './permit.ts';

export interface PublishedAmisProps {
  readonly regions: readonly string[];
  /** Name of the parameter, with `{template}` and `{architecture}`. */
  readonly amiParameter: string;
}

/** The SSM parameters by which the active AMI of each template is found, in every region built in. */
export class PublishedAmis {
  readonly #props: PublishedAmisProps;

  constructor(props: PublishedAmisProps) {
    this.#props = props;
  }

  /** Put an AMI id and read it back: AWS checks the value after it has answered. */
  grantPublish(fn: LambdaFn): void {
    this.#permitParameters(fn, ['ssm:PutParameter', 'ssm:GetParameter']);
    permit(fn, {
      actions: ['ec2:DescribeImages'],
      resources: ['*'],
      conditions: this.#inOurRegions(),
      wildcard:
        'a parameter of type aws:ec2:image is only taken from someone who may describe the image; DescribeImages knows no resources',
    });
  }

  /** Compare what is published with what is active, ten parameters a call. */
  grantCompare(fn: LambdaFn): void {
    this.#permitParameters(fn, ['ssm:GetParameters']);
  }

  #permitParameters(fn: LambdaFn, actions: readonly string[]): void {
    const { partition, account } = Stack.of(fn);
    permit(fn, {
      actions,
      resources: [
        `arn:${partition}:ssm:*:${account}:parameter${amiParameterName(this.#props.amiParameter, '*', '*')}`,
      ],
      conditions: this.#inOurRegions(),
      wildcard: 'template and architecture are part of the name; the rest of it and the regions are fixed',
    });
  }

  #inOurRegions() {
    return { StringEquals: { 'aws:RequestedRegion': [...this.#props.regions] } };
  }
}
