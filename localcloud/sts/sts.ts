import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { operation, operationMap, type Protocol, type Service } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { escapeXml, xmlError } from '../core/wire-error.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** STS speaks the query protocol: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
const stsProtocol: Protocol = {
  decode: ({ body, query }) => {
    const {
      Action,
      Version: _version,
      ...input
    } = Object.fromEntries([...query, ...new URLSearchParams(body)]);
    if (Action === undefined) throw new AwsError('MissingAction', 'The request must contain an Action');
    return { operation: Action, input };
  },
  encode: (name, output, requestId) => ({
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body:
      `<${name}Response xmlns="${namespace}"><${name}Result>` +
      Object.entries(output)
        .map(([key, value]) => `<${key}>${escapeXml(String(value))}</${key}>`)
        .join('') +
      `</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
  }),
  encodeError: xmlError,
};

/** Security Token Service, as far as clients ask it who they are. */
export function createSts({ accountId, partition }: Surroundings): Service {
  const getCallerIdentity = operation({
    name: 'GetCallerIdentity',
    effect: 'read',
    input: z.strictObject({}),
    run: (_input, { accessKeyId }) => ({
      UserId: accessKeyId,
      Account: accountId,
      Arn: `arn:${partition}:iam::${accountId}:user/localcloud`,
    }),
    honesty: {
      modelled: ['Any access key is a user of the cloud’s own account.'],
      notModelled: ['Signatures, roles and session credentials.'],
      sources: ['https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html'],
    },
  });
  return { name: 'sts', protocol: stsProtocol, operations: operationMap([getCallerIdentity]) };
}
