import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** How long logs may be kept, in days: what CloudWatch Logs takes, as far as it makes sense here. */
const RETENTION: Readonly<Record<number, RetentionDays>> = {
  1: RetentionDays.ONE_DAY,
  3: RetentionDays.THREE_DAYS,
  7: RetentionDays.ONE_WEEK,
  14: RetentionDays.TWO_WEEKS,
  30: RetentionDays.ONE_MONTH,
  60: RetentionDays.TWO_MONTHS,
  90: RetentionDays.THREE_MONTHS,
  180: RetentionDays.SIX_MONTHS,
  365: RetentionDays.ONE_YEAR,
  731: RetentionDays.TWO_YEARS,
};

export const RETENTION_DAYS: readonly number[] = Object.keys(RETENTION).map(Number);

export function logRetention(days: number): RetentionDays {
  const retention = RETENTION[days];
  if (retention === undefined) throw new Error(`Logs cannot be kept for exactly ${days} days`);
  return retention;
}
