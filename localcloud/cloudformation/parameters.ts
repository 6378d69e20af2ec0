import type { TemplateParameter } from './template.ts';
import { TemplateError } from './template-error.ts';

/** Values of a stack's parameters by name: lists for list types. */
export type ParameterValues = ReadonlyMap<string, string | readonly string[]>;

/** Public parameters of Systems Manager that a template may name: what `cdk bootstrap` leaves in an account. */
const bootstrapVersion = /^\/cdk-bootstrap\/[a-z0-9]+\/version$/;
const modernBootstrapVersion = '30';

/** Types whose values AWS looks up; here they are texts. */
const idTypes: ReadonlySet<string> = new Set([
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id',
  'AWS::Route53::HostedZone::Id',
]);

/**
 * The given values, and the defaults of the others. Throws TemplateError for one that is missing, unknown, of a type that is
 * not modelled, or not allowed by its own constraints.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterValues(
  declared: Readonly<Record<string, TemplateParameter>>,
  given: Readonly<Record<string, string>>,
): ParameterValues {
  const unknown = Object.keys(given).find((name) => !(name in declared));
  if (unknown !== undefined)
    throw new TemplateError(`Parameters.${unknown}`, 'the template has no such parameter');
  return new Map(
    Object.entries(declared).map(([name, parameter]) => {
      const path = `Parameters.${name}`;
      const text = given[name] ?? parameter.Default;
      if (text === undefined) throw new TemplateError(path, 'it has no default and must have a value');
      const value = readValue(parameter.Type, String(text), path);
      for (const each of typeof value === 'string' ? [value] : value) checkValue(each, parameter, path);
      return [name, value] as const;
    }),
  );
}

function readValue(type: string, text: string, path: string): string | readonly string[] {
  if (type === 'String' || idTypes.has(type)) return text;
  if (type === 'Number') {
    if (text.trim() === '' || Number.isNaN(Number(text)))
      throw new TemplateError(path, `${text} is not a number`);
    return text;
  }
  const [, itemType] = /^List<(.+)>$/.exec(type) ?? [];
  if (type === 'CommaDelimitedList' || itemType === 'Number' || idTypes.has(itemType ?? ''))
    return text === '' ? [] : text.split(',').map((item) => item.trim());
  if (type === 'AWS::SSM::Parameter::Value<String>' && bootstrapVersion.test(text))
    return modernBootstrapVersion;
  throw new TemplateError(path, `localcloud does not model the parameter type ${type} of ${text}`);
}

function checkValue(value: string, parameter: TemplateParameter, path: string): void {
  const { AllowedValues, AllowedPattern, ConstraintDescription, ...limits } = parameter;
  const { MinLength = 0, MaxLength = Number.POSITIVE_INFINITY, MinValue, MaxValue } = limits;
  const isAllowed =
    (AllowedValues === undefined || AllowedValues.map(String).includes(value)) &&
    (AllowedPattern === undefined || new RegExp(`^(?:${AllowedPattern})$`).test(value)) &&
    value.length >= MinLength &&
    value.length <= MaxLength &&
    (MinValue === undefined || Number(value) >= MinValue) &&
    (MaxValue === undefined || Number(value) <= MaxValue);
  if (!isAllowed)
    throw new TemplateError(
      path,
      `${JSON.stringify(value)} is not allowed: ${ConstraintDescription ?? describe(parameter)}`,
    );
}

function describe({
  Type: _type,
  Default: _default,
  Description: _description,
  ...constraints
}: TemplateParameter): string {
  return JSON.stringify(constraints);
}
