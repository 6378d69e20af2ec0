import { z } from 'zod';
import { resourceType, type Workshop } from '../resource-type.ts';

const document = z.looseObject({});
const names = z.array(z.string());

const roleShape = {
  RoleName: z.string().optional(),
  Path: z.string().optional(),
  AssumeRolePolicyDocument: document,
  ManagedPolicyArns: names.default([]),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: document })).default([]),
};

type RoleProperties = z.output<z.ZodObject<typeof roleShape>>;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const iamRole = resourceType({
  name: 'AWS::IAM::Role',
  shape: roleShape,
  withoutEffect: ['Description', 'MaxSessionDuration', 'Tags'],
  attributeNames: ['Arn', 'RoleId'],
  replacedBy: ['RoleName', 'Path'],
  create: ({ logicalId, properties, workshop }) => {
    const name = properties.RoleName ?? workshop.nameFor(logicalId, 64);
    const role = workshop.iam.createRole(name, properties.AssumeRolePolicyDocument, properties.Path);
    putPolicies(workshop, name, properties);
    return { ref: name, attributes: { Arn: role.arn, RoleId: role.id } };
  },
  update: ({ properties, workshop: { iam }, workshop }, current, former) => {
    iam.setTrustPolicy(current.ref, properties.AssumeRolePolicyDocument);
    for (const { PolicyName } of former.Policies) iam.deleteRolePolicy(current.ref, PolicyName);
    for (const arn of former.ManagedPolicyArns) iam.detachRolePolicy(current.ref, arn);
    putPolicies(workshop, current.ref, properties);
    return current;
  },
  remove: ({ workshop }, { ref }) => workshop.iam.deleteRole(ref),
});

function putPolicies({ iam }: Workshop, roleName: string, properties: RoleProperties): void {
  for (const { PolicyName, PolicyDocument } of properties.Policies)
    iam.putRolePolicy(roleName, PolicyName, PolicyDocument);
  for (const arn of properties.ManagedPolicyArns) iam.attachRolePolicy(roleName, arn);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
export const iamPolicy = resourceType({
  name: 'AWS::IAM::Policy',
  shape: { PolicyName: z.string(), PolicyDocument: document, Roles: names.min(1) },
  attributeNames: ['Id'],
  create: ({ logicalId, properties: { Roles, PolicyName, PolicyDocument }, workshop }) => {
    for (const role of Roles) workshop.iam.putRolePolicy(role, PolicyName, PolicyDocument);
    const id = workshop.nameFor(logicalId, 255);
    return { ref: id, attributes: { Id: id } };
  },
  update: ({ properties: { Roles, PolicyName, PolicyDocument }, workshop }, current, former) => {
    for (const role of former.Roles) workshop.iam.deleteRolePolicy(role, former.PolicyName);
    for (const role of Roles) workshop.iam.putRolePolicy(role, PolicyName, PolicyDocument);
    return current;
  },
  remove: ({ properties: { Roles, PolicyName }, workshop }) => {
    for (const role of Roles) workshop.iam.deleteRolePolicy(role, PolicyName);
  },
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export const iamManagedPolicy = resourceType({
  name: 'AWS::IAM::ManagedPolicy',
  shape: {
    ManagedPolicyName: z.string().optional(),
    Path: z.string().optional(),
    PolicyDocument: document,
    Roles: names.default([]),
  },
  withoutEffect: ['Description'],
  attributeNames: ['PolicyArn'],
  replacedBy: ['ManagedPolicyName', 'Path', 'Description'],
  create: ({ logicalId, properties: { ManagedPolicyName, Path, PolicyDocument, Roles }, workshop }) => {
    const name = ManagedPolicyName ?? workshop.nameFor(logicalId, 128);
    const arn = workshop.iam.putManagedPolicy(name, PolicyDocument, Path);
    for (const role of Roles) workshop.iam.attachRolePolicy(role, arn);
    return { ref: arn, attributes: { PolicyArn: arn } };
  },
  update: ({ properties: { Path, PolicyDocument, Roles }, workshop: { iam } }, current, former) => {
    iam.putManagedPolicy(current.ref.slice(current.ref.lastIndexOf('/') + 1), PolicyDocument, Path);
    for (const role of former.Roles) iam.detachRolePolicy(role, current.ref);
    for (const role of Roles) iam.attachRolePolicy(role, current.ref);
    return current;
  },
  remove: ({ workshop }, { ref }) => workshop.iam.deleteManagedPolicy(ref),
});
