import { AwsError } from '../core/aws-error.ts';
import { missingParameter } from './errors.ts';
import type { LaunchTemplateData } from './launch-template-data.ts';
import type { LaunchTemplate, LaunchTemplateVersion } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';

/** How requests name a launch template: by exactly one of the two. */
export interface LaunchTemplateName {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

/** One version of a launch template, found. */
export interface FoundLaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly data: LaunchTemplateData;
}

/**
 * The template in the real state. Throws MissingParameter, InvalidParameterCombination or the NotFound error of the
 * id or name.
 */
export function expectLaunchTemplate(world: World, named: LaunchTemplateName): LaunchTemplate {
  const { LaunchTemplateId, LaunchTemplateName: name } = named;
  if (LaunchTemplateId !== undefined && name !== undefined)
    throw new AwsError(
      'InvalidParameterCombination',
      'Both LaunchTemplateId and LaunchTemplateName may not be specified',
    );
  if (LaunchTemplateId !== undefined)
    return expectResource(world.launchTemplates, 'launch-template', LaunchTemplateId);
  if (name === undefined) throw missingParameter('LaunchTemplateId or LaunchTemplateName');
  const template = world.launchTemplates.get(world.launchTemplateByName.get(name) ?? '');
  if (template === undefined) throw launchTemplateNameNotFound(name);
  return template;
}

/** By number, `$Latest` or `$Default`. Throws InvalidLaunchTemplateId.VersionNotFound. */
export function expectLaunchTemplateVersion(
  template: LaunchTemplate,
  version: string,
): LaunchTemplateVersion {
  const number = versionNumber(template, version);
  const found = template.versions.get(number);
  if (found === undefined)
    throw new AwsError(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find the specified version ${version} for the launch template with ID ${template.id}.`,
    );
  return found;
}

/** The template and version that a service launches from; the default version unless another is named. */
export function findLaunchTemplate(
  world: World,
  named: LaunchTemplateName,
  version = '$Default',
): FoundLaunchTemplate {
  const template = expectLaunchTemplate(world, named);
  const { number, data } = expectLaunchTemplateVersion(template, version);
  return { id: template.id, name: template.name, version: number, data: data as LaunchTemplateData };
}

export function launchTemplateNameNotFound(name: string): AwsError {
  return new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  );
}

function versionNumber(template: LaunchTemplate, version: string): number {
  if (version === '$Latest') return template.latestVersion;
  if (version === '$Default') return template.defaultVersion;
  return /^[1-9]\d*$/.test(version) ? Number(version) : Number.NaN;
}
