import type { Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { permit } from './permit.ts';

/** The price list is the same for everyone: reading it tells nothing about the account. */
export function permitPrices(fn: LambdaFn): void {
  permit(fn, {
    actions: ['pricing:GetProducts'],
    resources: ['*'],
    wildcard: 'the price list knows no resources',
  });
}
