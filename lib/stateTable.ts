import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV, OUTPUTS, TABLE } from '../src/contract.ts';
import { permit } from './permit.ts';

const READS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
/** A transaction needs the permission of each of its parts. */
const WRITES = [
  'dynamodb:ConditionCheckItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
];

/** The one table: everything the loop knows. It outlives the stack, and so does its logical id. */
export class StateTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: TABLE.PARTITION_KEY, type: AttributeType.STRING },
      sortKey: { name: TABLE.SORT_KEY, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: TABLE.TTL,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: [
        {
          indexName: TABLE.PENDING_INDEX,
          partitionKey: { name: TABLE.PENDING_KEY, type: AttributeType.STRING },
          sortKey: { name: TABLE.PENDING_SINCE, type: AttributeType.NUMBER },
          projectionType: ProjectionType.ALL,
        },
      ],
    });
    new CfnOutput(this, 'Name', { value: this.table.tableName }).overrideLogicalId(OUTPUTS.TABLE_NAME);
  }

  grantRead(fn: LambdaFn): void {
    this.#tell(fn);
    permit(fn, {
      actions: READS,
      resources: [this.table.tableArn, `${this.table.tableArn}/index/${TABLE.PENDING_INDEX}`],
    });
  }

  grantReadWrite(fn: LambdaFn): void {
    this.grantRead(fn);
    permit(fn, { actions: WRITES, resources: [this.table.tableArn] });
  }

  get streamArn(): string {
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error(`${this.node.path} has no stream`);
    return tableStreamArn;
  }

  /** Reading the stream, not the table. */
  grantStream(fn: LambdaFn): void {
    permit(fn, {
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [this.streamArn],
    });
    permit(fn, {
      actions: ['dynamodb:ListStreams'],
      resources: ['*'],
      wildcard: 'ListStreams knows no resources; records are read from this stream only',
    });
  }

  #tell(fn: LambdaFn): void {
    fn.addEnvironment(ENV.TABLE_NAME, this.table.tableName);
  }
}
