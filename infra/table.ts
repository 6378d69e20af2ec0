import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { wiring } from './wiring.ts';

/**
 * The one table. It outlives the stack, which can be deployed again around it: who holds what, and the generations that
 * fence it, must not be lost by an accident.
 */
export function createTable(scope: Construct, tableName: string): Table {
  return new Table(scope, 'Table', {
    tableName,
    partitionKey: { name: wiring.table.partitionKey, type: AttributeType.STRING },
    sortKey: { name: wiring.table.sortKey, type: AttributeType.STRING },
    timeToLiveAttribute: wiring.table.timeToLiveAttribute,
    // Failovers come in bursts, and between them there is next to nothing.
    billingMode: BillingMode.PAY_PER_REQUEST,
    // The key that AWS owns: encrypted at rest without a call to KMS, which would be one more thing to be throttled or
    // denied in the middle of a failover. The table holds no secrets.
    encryption: TableEncryption.DEFAULT,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
