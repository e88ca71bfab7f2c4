import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { perRegion, type ForRegion } from './clients.ts';

/** The id of the account that these functions run in. */
export type Account = (region: string) => Promise<string>;

/**
 * Asks STS, once, which everyone may: no stack has to tell a function where it runs.
 *
 * Action: none (sts:GetCallerIdentity cannot be refused).
 */
export function callerAccount(sts: ForRegion<STSClient> = perRegion(STSClient)): Account {
  let known: string | undefined;
  return async (region) => {
    known ??= (await sts(region).send(new GetCallerIdentityCommand({}))).Account;
    if (known === undefined) throw new Error('STS did not say which account this is.');
    return known;
  };
}
