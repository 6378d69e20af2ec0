import { isIPv4, isIPv6 } from 'node:net';
import { notModelled } from '../../core/aws-error.ts';
import { parseDomainName } from '../domain-name.ts';
import type { RecordType } from '../record-set.ts';

type Check = (value: string) => string | undefined;

// What is wrong with one value of each type, in Route 53's words; types that are not here are not modelled.
const checks: Partial<Record<RecordType, Check>> = {
  A: (value) =>
    singleField('A', value) ??
    (isIPv4(value)
      ? undefined
      : fatal('ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)', value)),
  AAAA: (value) =>
    singleField('AAAA', value) ??
    (isIPv6(value) && !value.includes('%')
      ? undefined
      : fatal('AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)', value)),
  CNAME: (value) => singleField('CNAME', value) ?? domainName(value),
  NS: (value) => singleField('NS', value) ?? domainName(value),
  PTR: (value) => singleField('PTR', value) ?? domainName(value),
  MX: (value) => numbersThenName('MX', value, ["MXRRDATANotTwoFields (MX record doesn't have 2 fields)", 1]),
  SRV: (value) =>
    numbersThenName('SRV', value, ["SRVRRDATANotFourFields (SRV record doesn't have 4 fields)", 3]),
  TXT: characterStrings,
  SPF: characterStrings,
  CAA: caa,
  SOA: soa,
};

/**
 * What is wrong with one value of a record, in Route 53's words. Refuses, by name, the types that are not modelled.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
 */
export function valueProblem(type: RecordType, value: string): string | undefined {
  const check = checks[type];
  if (check === undefined) throw notModelled(`records of type ${type}`);
  return check(value);
}

function singleField(type: RecordType, value: string): string | undefined {
  return /\s/.test(value) ? fatal(`${type}RRDATANotSingleField (Value contains spaces)`, value) : undefined;
}

function domainName(value: string): string | undefined {
  const parsed = parseDomainName(value);
  return parsed.kind === 'problem' ? parsed.message : undefined;
}

function numbersThenName(
  type: RecordType,
  value: string,
  [wrongCount, numbers]: readonly [string, number],
): string | undefined {
  const fields = value.split(/\s+/);
  if (fields.length !== numbers + 1) return fatal(wrongCount, value);
  if (!fields.slice(0, numbers).every((field) => isNumberUpTo(65_535, field))) {
    return fatal(`${type}RRDATAIllegalNumber (Value is not a number between 0 and 65535)`, value);
  }
  // A lone dot says that there is no such server (RFC 7505 for MX, RFC 2782 for SRV).
  const name = fields.at(-1) ?? '';
  return name === '.' ? undefined : domainName(name);
}

const quotedStrings = /^"(?:[^"\\]|\\[\s\S])*"(?:\s*"(?:[^"\\]|\\[\s\S])*")*$/;
const quotedString = /"((?:[^"\\]|\\[\s\S])*)"/g;

function characterStrings(value: string): string | undefined {
  if (!quotedStrings.test(value)) {
    return fatal('InvalidCharacterString (Value should be enclosed in quotation marks)', value);
  }
  const strings = [...value.matchAll(quotedString)].map(([, text]) => unescaped(text ?? ''));
  const isTooLong = strings.some((text) => text.length > 255);
  return isTooLong ? fatal('CharacterStringTooLong (Value is too long)', value) : undefined;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:[0-3][0-7]{2}|[\s\S])/g, '.');
}

function caa(value: string): string | undefined {
  const [, flags, text] = /^(\S+)\s+[A-Za-z0-9]+\s+(.*)$/s.exec(value) ?? [];
  if (text === undefined) return fatal("CAARRDATANotThreeFields (CAA record doesn't have 3 fields)", value);
  if (!isNumberUpTo(255, flags ?? '')) {
    return fatal('CAARRDATAIllegalNumber (Flags is not a number between 0 and 255)', value);
  }
  return characterStrings(text) === undefined
    ? undefined
    : fatal('InvalidCharacterString (Value should be enclosed in quotation marks)', value);
}

function soa(value: string): string | undefined {
  const [server = '', mailbox = '', ...numbers] = value.split(/\s+/);
  if (numbers.length !== 5) return fatal("SOARRDATANotSevenFields (SOA record doesn't have 7 fields)", value);
  if (!numbers.every((field) => isNumberUpTo(0xff_ff_ff_ff, field))) {
    return fatal('SOARRDATAIllegalNumber (Value is not a number between 0 and 4294967295)', value);
  }
  return domainName(server) ?? domainName(mailbox);
}

function isNumberUpTo(maximum: number, field: string): boolean {
  return /^\d{1,10}$/.test(field) && Number(field) <= maximum;
}

function fatal(reason: string, value: string): string {
  return `FATAL problem: ${reason} encountered with '${value}'`;
}
