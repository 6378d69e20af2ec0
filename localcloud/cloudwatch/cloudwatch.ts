import { AwsError } from '../core/aws-error.ts';
import { type Operation, operationMap, type Protocol, type Service } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { awsQueryProtocol } from '../wire/aws-query-protocol.ts';
import { jsonProtocol } from '../wire/json-protocol.ts';
import { alarmOperations } from './alarm-operations.ts';
import { Alarms } from './alarms.ts';
import { alarmView, describeAlarms } from './describe-alarms.ts';
import { inputError, queryErrorCodes } from './errors.ts';
import { MetricData, putMetricData } from './metric-data.ts';

const version = '2010-08-01';

/**
 * CloudWatch: metric alarms whose state is set from outside, and metric data that is kept. It speaks AWS JSON, and the
 * query protocol of older clients; RPC v2 CBOR is not modelled.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html
 */
export function createCloudWatch(surroundings: Surroundings): Service {
  const alarms = new Alarms({ ...surroundings, random: surroundings.random.fork('cloudwatch') });
  const metricData = new MetricData();
  const operations = operationMap([
    ...alarmOperations(alarms),
    describeAlarms(alarms),
    putMetricData(metricData, () => surroundings.clock.now()),
  ]);
  const json = jsonProtocol({
    version: '1.0',
    targetPrefix: 'GraniteServiceVersion20100801',
    errorNamespace: 'com.amazonaws.cloudwatch',
    timestamps: new Set(['Timestamp']),
    queryErrorCodes,
  });
  const query = queryProtocol(operations);
  return {
    name: 'monitoring',
    protocol: { ...json, inputError },
    protocolOf: ({ headers }) => (headers['x-amz-target'] === undefined ? query : json),
    operations,
    dump: () => ({ alarms: alarms.list().map(alarmView), metrics: metricData.list() }),
  };
}

function queryProtocol(operations: ReadonlyMap<string, Operation>): Protocol {
  const namespace = `http://monitoring.amazonaws.com/doc/${version}/`;
  const protocol = awsQueryProtocol(operations, { version, serviceName: 'CloudWatch', namespace });
  return {
    ...protocol,
    encodeError: ({ code, message, status }, requestId) =>
      protocol.encodeError(new AwsError(queryErrorCodes.get(code) ?? code, message, status), requestId),
  };
}
