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
    const { regions, amiParameter } = this.#props;
    const { partition, account } = Stack.of(fn);
    const conditions = { StringEquals: { 'aws:RequestedRegion': [...regions] } };
    permit(fn, {
      actions: ['ssm:PutParameter', 'ssm:GetParameter'],
      resources: [`arn:${partition}:ssm:*:${account}:parameter${amiParameterName(amiParameter, '*', '*')}`],
      conditions,
      wildcard: 'template and architecture are part of the name; the rest of it and the regions are fixed',
    });
    permit(fn, {
      actions: ['ec2:DescribeImages'],
      resources: ['*'],
      conditions,
      wildcard:
        'a parameter of type aws:ec2:image is only taken from someone who may describe the image; DescribeImages knows no resources',
    });
  }
}
