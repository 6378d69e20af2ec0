import type { TableDescription } from '@aws-sdk/client-dynamodb';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import type { DoctorContext } from './doctor-context.ts';
import type { Check, Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

const keys = 'pk HASH, sk RANGE';
const expiry = 'expiresAt';

/** Whether the table is there, with the keys that are expected, and hard to lose. */
export const checkTable: Check = async (context) => {
  const table = await describe(context);
  const name = context.aws.stackName;
  if (table === undefined) {
    const mend = 'npm run deploy makes it; understudy adopt --file roles.yaml then rebuilds what was in it';
    return [fail('table', `there is no table "${name}"`, mend)];
  }
  const found = (table.KeySchema ?? [])
    .map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`)
    .join(', ');
  if (found !== keys)
    return [fail('table', `"${name}" has the keys ${found}`, `--table names one with ${keys}`)];
  if (table.TableStatus !== 'ACTIVE') {
    return [warn('table', `"${name}" is ${table.TableStatus}`, 'wait until it is ACTIVE')];
  }
  return [ok('table', `"${name}" is there`), ...protection(table)];
};

async function describe({ aws }: DoctorContext): Promise<TableDescription | undefined> {
  try {
    const { Table } = await aws.clients.dynamodb.send(new DescribeTableCommand({ TableName: aws.stackName }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function protection({ TableName, DeletionProtectionEnabled }: TableDescription): readonly Finding[] {
  if (DeletionProtectionEnabled !== false) return [];
  const mend = `aws dynamodb update-table --table-name ${TableName} --deletion-protection-enabled`;
  return [warn('table', 'anybody who may can delete it by mistake', mend)];
}

/** Whether the table can be brought back as it was a moment ago. */
export const checkBackups: Check = async ({ aws }) => {
  const { ContinuousBackupsDescription: backups } = await aws.clients.dynamodb.send(
    new DescribeContinuousBackupsCommand({ TableName: aws.stackName }),
  );
  if (backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED') {
    return [ok('backups', 'point-in-time recovery is on')];
  }
  return [warn('backups', 'point-in-time recovery is off', 'npm run deploy turns it on')];
};

/** Whether old history goes away by itself. */
export const checkExpiry: Check = async ({ aws }) => {
  const { TimeToLiveDescription: ttl } = await aws.clients.dynamodb.send(
    new DescribeTimeToLiveCommand({ TableName: aws.stackName }),
  );
  const isOn = ttl?.TimeToLiveStatus === 'ENABLED' || ttl?.TimeToLiveStatus === 'ENABLING';
  if (isOn && ttl.AttributeName === expiry) return [ok('expiry', `rows expire by ${expiry}`)];
  return [
    warn('expiry', `rows do not expire by ${expiry}: history grows for ever`, 'npm run deploy mends it'),
  ];
};
