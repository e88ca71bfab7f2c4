import { awsEvents } from '../../aws/events.ts';
import { ENV } from '../../contract.ts';
import type { Deployment } from '../deployment.ts';

export const events = {
  events: ({ environment, basics }: Deployment) =>
    awsEvents({ homeRegion: basics.settings.homeRegion, busName: environment(ENV.EVENT_BUS_NAME) }),
};
