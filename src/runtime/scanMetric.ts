import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRIC_SCAN_SUCCEEDED, METRICS_NAMESPACE } from '../contract.ts';

/**
 * Counts the scans of a use case that succeed: an alarm watches for their absence. The metric is a line of the log
 * (CloudWatch's embedded format), so it takes no call and no permission.
 */
export function countingScans<I, S, Report extends { readonly succeeded: boolean }>(
  scan: (input: I, services: S) => Promise<Report>,
): (input: I, services: S) => Promise<Report> {
  return async (input, services) => {
    const report = await scan(input, services);
    const metrics = new Metrics({ namespace: METRICS_NAMESPACE });
    metrics.addMetric(METRIC_SCAN_SUCCEEDED, MetricUnit.Count, report.succeeded ? 1 : 0);
    metrics.publishStoredMetrics();
    return report;
  };
}
