import * as z from 'zod';
import { awsNotices } from '../../aws/notices.ts';
import { ENV } from '../../contract.ts';
import { AUDIENCES } from '../../core/words.ts';
import type { Deployment } from '../deployment.ts';

const topicArns = z.partialRecord(z.enum(AUDIENCES), z.string().min(1));

export const notices = {
  notices: ({ environment, basics }: Deployment) =>
    awsNotices({
      homeRegion: basics.settings.homeRegion,
      topicArns: topicArns.parse(JSON.parse(environment(ENV.TOPIC_ARNS))),
    }),
};
