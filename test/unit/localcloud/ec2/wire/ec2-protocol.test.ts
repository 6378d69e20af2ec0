import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../../../localcloud/core/aws-error.ts';
import type { WireRequest } from '../../../../../localcloud/core/service.ts';
import { anEc2Room } from '../ec2-room.ts';

const { protocol } = anEc2Room().room;

function request(parameters: Readonly<Record<string, string>>, query = ''): WireRequest {
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(query),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Version: '2016-11-15', ...parameters }).toString(),
  };
}

describe('requests', () => {
  test('nested lists come in the order of their numbers, whatever the order and the gaps', () => {
    const decoded = protocol.decode(
      request({
        Action: 'DescribeInstances',
        'Filter.10.Name': 'vpc-id',
        'Filter.10.Value.1': 'vpc-1',
        'Filter.2.Value.2': 'b',
        'Filter.2.Value.1': 'a',
        'Filter.2.Name': 'tag:role',
        'InstanceId.1': 'i-1',
        MaxResults: '5',
        DryRun: 'false',
      }),
    );

    expect(decoded).toEqual({
      operation: 'DescribeInstances',
      input: {
        Filters: [
          { Name: 'tag:role', Values: ['a', 'b'] },
          { Name: 'vpc-id', Values: ['vpc-1'] },
        ],
        InstanceIds: ['i-1'],
        MaxResults: 5,
        DryRun: false,
      },
    });
  });

  test('parameters of the query string count as well, those of its signature do not', () => {
    const decoded = protocol.decode({
      ...request({}),
      method: 'GET',
      body: '',
      query: new URLSearchParams(
        'Action=DescribeVpcs&Version=2016-11-15&VpcId.1=vpc-1&X-Amz-Signature=abc&X-Amz-Date=now',
      ),
    });

    expect(decoded).toEqual({ operation: 'DescribeVpcs', input: { VpcIds: ['vpc-1'] } });
  });

  test('the same SDK name has its own wire name in each operation', () => {
    const assign = protocol.decode(
      request({ Action: 'AssignPrivateIpAddresses', 'PrivateIpAddress.1': '10.0.0.5' }),
    );
    const create = protocol.decode(
      request({
        Action: 'CreateNetworkInterface',
        'PrivateIpAddresses.1.PrivateIpAddress': '10.0.0.5',
        'PrivateIpAddresses.1.Primary': 'true',
        'SecurityGroupId.1': 'sg-1',
      }),
    );

    expect(assign.input).toEqual({ PrivateIpAddresses: ['10.0.0.5'] });
    expect(create.input).toEqual({
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.5', Primary: true }],
      Groups: ['sg-1'],
    });
  });

  test('unknown parameters keep their wire names, on the top and nested', () => {
    const { input } = protocol.decode(
      request({
        Action: 'RunInstances',
        'HibernationOptions.Configured': 'true',
        'NetworkInterface.1.EnaQueueCount': '4',
      }),
    );

    expect(input).toEqual({
      HibernationOptions: { Configured: 'true' },
      NetworkInterfaces: [{ EnaQueueCount: '4' }],
    });
  });

  test('texts that are no values of their type are left for the schema to refuse', () => {
    const { input } = protocol.decode(
      request({ Action: 'DescribeInstances', MaxResults: 'many', DryRun: 'maybe', 'Filter.x.Name': 'y' }),
    );

    expect(input).toEqual({ MaxResults: 'many', DryRun: 'maybe', Filters: { x: { Name: 'y' } } });
  });

  test('parameter names like those of Object.prototype do no harm', () => {
    const { input } = protocol.decode(request({ Action: 'DescribeVpcs', '__proto__.polluted': 'yes' }));

    expect(Object.keys(input as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  test('a request without an action, or for another version, is refused', () => {
    expect(() => protocol.decode(request({}))).toThrow('The request must contain the parameter Action');
    expect(() => protocol.decode(request({ Action: 'DescribeVpcs', Version: '2012-01-01' }))).toThrow(
      '2012-01-01',
    );
  });
});

describe('responses', () => {
  test('an action without output answers return true', () => {
    const { status, headers, body } = protocol.encode('CreateTags', {}, 'request-1');

    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/xml');
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<CreateTagsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">' +
        '<requestId>request-1</requestId><return>true</return></CreateTagsResponse>',
    );
  });

  test('members are named as AWS names them within their structure, undefined ones left out', () => {
    const { body } = protocol.encode(
      'DescribeInstances',
      {
        Reservations: [
          {
            Instances: [
              {
                State: { Code: 16, Name: 'running' },
                PublicDnsName: '',
                KeyName: undefined,
                LaunchTime: new Date(0),
                NetworkInterfaces: [{ Association: { PublicDnsName: 'ec2' } }],
              },
            ],
          },
        ],
      },
      'request-1',
    );

    expect(body).toContain(
      '<reservationSet><item><instancesSet><item>' +
        '<instanceState><code>16</code><name>running</name></instanceState><dnsName></dnsName>' +
        '<launchTime>1970-01-01T00:00:00.000Z</launchTime>' +
        '<networkInterfaceSet><item><association><publicDnsName>ec2</publicDnsName></association></item>' +
        '</networkInterfaceSet></item></instancesSet></item></reservationSet>',
    );
  });

  test('errors have the form that EC2 clients read', () => {
    const error = new AwsError('InvalidParameterValue', 'a < b & "c"', 400);

    const { status, body } = protocol.encodeError(error, 'request-1');

    expect(status).toBe(400);
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<Response><Errors><Error><Code>InvalidParameterValue</Code>' +
        '<Message>a &lt; b &amp; &quot;c&quot;</Message></Error></Errors>' +
        '<RequestID>request-1</RequestID></Response>',
    );
  });
});
