import type { Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { permit } from './permit.ts';

/** What a parameter of the standard tier, which costs nothing, holds. */
const STANDARD_TIER_BYTES = 4_096;

export interface FirstPolicyProps {
  /** The policy file as written, already parsed without problems. */
  readonly text: string;
}

/**
 * The policy a new deployment starts with (docs/adr/0004). Only while the table has none: afterwards the policy is
 * changed through the control API, and a deployment never turns it back.
 */
export class FirstPolicy extends Construct {
  readonly #parameter: StringParameter;

  constructor(scope: Construct, id: string, { text }: FirstPolicyProps) {
    super(scope, id);
    this.#parameter = new StringParameter(this, 'Parameter', {
      description: 'auto-ami: the policy a new deployment starts with; later ones are kept in the table',
      stringValue: text,
      tier: Buffer.byteLength(text) > STANDARD_TIER_BYTES ? ParameterTier.ADVANCED : ParameterTier.STANDARD,
    });
  }

  get parameterName(): string {
    return this.#parameter.parameterName;
  }

  grantRead(fn: LambdaFn): void {
    permit(fn, { actions: ['ssm:GetParameter'], resources: [this.#parameter.parameterArn] });
  }
}
