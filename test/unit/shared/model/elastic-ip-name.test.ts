import { describe, expect, it } from 'vitest';
import { elasticIpName } from '../../../../shared/model/elastic-ip-name.ts';
import { ipv4Schema } from '../../../../shared/model/ids.ts';

const address = ipv4Schema.parse('203.0.113.25');

describe('elasticIpName', () => {
  it.each([
    ['aws, the first region, whose names are older than regions', 'us-east-1', 'compute-1.amazonaws.com'],
    ['aws', 'eu-west-1', 'eu-west-1.compute.amazonaws.com'],
    ['aws, of a region with a longer name', 'ap-southeast-4', 'ap-southeast-4.compute.amazonaws.com'],
    ['aws, beside the first region', 'us-east-2', 'us-east-2.compute.amazonaws.com'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.compute.amazonaws.com'],
    ['aws-cn', 'cn-north-1', 'cn-north-1.compute.amazonaws.com.cn'],
    ['aws-cn', 'cn-northwest-1', 'cn-northwest-1.compute.amazonaws.com.cn'],
    ['aws-iso', 'us-iso-east-1', 'us-iso-east-1.compute.c2s.ic.gov'],
    ['aws-iso-b', 'us-isob-east-1', 'us-isob-east-1.compute.sc2s.sgov.gov'],
    ['aws-iso-e', 'eu-isoe-west-1', 'eu-isoe-west-1.compute.cloud.adc-e.uk'],
    ['aws-iso-f', 'us-isof-south-1', 'us-isof-south-1.compute.csp.hci.ic.gov'],
    ['aws-eusc', 'eusc-de-east-1', 'eusc-de-east-1.compute.amazonaws.eu'],
  ])('is right in partition %s, region %s', (_, region, domain) => {
    expect(elasticIpName(address, region)).toBe(`ec2-203-0-113-25.${domain}`);
  });
});
