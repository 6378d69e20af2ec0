/**
 * `arnOf('ec2', 'elastic-ip/*')`: of this account and region, as a text for `Fn::Sub`. An empty account and region are
 * for what belongs to none.
 */
export function arnOf(
  namespace: string,
  resource: string,
  place = `\${AWS::Region}:\${AWS::AccountId}`,
): string {
  return `arn:\${AWS::Partition}:${namespace}:${place}:${resource}`;
}

/** `ec2Arn('elastic-ip')`: every one of this account in this region. */
export function ec2Arn(resourceType: string): string {
  return arnOf('ec2', `${resourceType}/*`);
}

/** The zones that are named, or all of them: zones belong to no region, and their ARNs to no account. */
export function zoneArns(zones: '*' | readonly string[]): readonly string[] {
  const ids = zones === '*' ? ['*'] : zones;
  return ids.map((id) => arnOf('route53', `hostedzone/${id}`, ':'));
}
