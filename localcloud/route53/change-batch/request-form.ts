import { AwsError, notModelled } from '../../core/aws-error.ts';
import type { ChangeInput, RecordSetInput } from './change-input.ts';

// Routing policies by the field that each of them is asked for with.
const routingFields = ['Weight', 'Region', 'Failover', 'GeoLocation', 'MultiValueAnswer'] as const;

/**
 * Throws InvalidInput when a change gives fields that do not go together, before any record is looked at.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 */
export function requireForm(change: ChangeInput): void {
  const recordSet = change.ResourceRecordSet;
  requireOneContent(change);
  requireOneRouting(change);
  if (recordSet.MultiValueAnswer === false) throw notModelled('MultiValueAnswer with the value false');
  if (recordSet.MultiValueAnswer === true && recordSet.AliasTarget !== undefined) {
    throw invalidRequest('MultiValueAnswer is not supported for alias records', change);
  }
  if (recordSet.HealthCheckId !== undefined) throw noSuchHealthCheck(recordSet.HealthCheckId);
}

function requireOneContent(change: ChangeInput): void {
  const { AliasTarget, TTL, ResourceRecords } = change.ResourceRecordSet;
  const hasOwnValues = TTL !== undefined && ResourceRecords !== undefined;
  const hasAnyOwn = TTL !== undefined || ResourceRecords !== undefined;
  const found = AliasTarget === undefined ? !hasOwnValues && 'none' : hasAnyOwn && 'more than one';
  if (found === false) return;
  const expected = '[AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]';
  throw invalidRequest(`Expected exactly one of ${expected}, but found ${found}`, change);
}

function requireOneRouting(change: ChangeInput): void {
  const given = routingFieldsOf(change.ResourceRecordSet);
  const { SetIdentifier } = change.ResourceRecordSet;
  if (given.length === 0 && SetIdentifier === undefined) return;
  if (SetIdentifier === undefined) throw invalidRequest("Missing field 'SetIdentifier'", change);
  if (given.length === 1) return;
  const found = given.length === 0 ? 'none' : 'more than one';
  throw invalidRequest(`Expected exactly one of [${routingFields.join(', ')}], but found ${found}`, change);
}

function routingFieldsOf(recordSet: RecordSetInput): readonly string[] {
  return routingFields.filter((field) => recordSet[field] !== undefined);
}

function invalidRequest(reason: string, { Action, ResourceRecordSet }: ChangeInput): AwsError {
  const { Name, Type, SetIdentifier } = ResourceRecordSet;
  const where = `[Action=${Action}, Name=${Name}, Type=${Type}, SetIdentifier=${SetIdentifier ?? 'null'}]`;
  return new AwsError('InvalidInput', `Invalid request: ${reason} in Change with ${where}`);
}

// Health checks cannot be created here, so none exists.
function noSuchHealthCheck(id: string): AwsError {
  return new AwsError('NoSuchHealthCheck', `A health check with id ${id} does not exist.`, 404);
}
