import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ScanReports } from '../../ports.ts';
import { scanReportKey } from './keys.ts';
import { getItem } from './reads.ts';
import { recordOf } from './record.ts';
import { SCAN_REPORT } from './shapes.ts';
import type { Table } from './table.ts';

export function dynamoScanReports(table: Table): ScanReports {
  return {
    async last() {
      const item = await getItem(table, scanReportKey);
      return item && recordOf(item, SCAN_REPORT);
    },
    async save(report) {
      await table.client.send(
        new PutCommand({ TableName: table.name, Item: { ...report, ...scanReportKey } }),
      );
    },
  };
}
