import type { Route } from './route.ts';

/** The other operations of Route 53, so that they are refused by their names. */
const unmodelled = `
ActivateKeySigningKey POST keysigningkey/{HostedZoneId}/{Name}/activate
ChangeCidrCollection POST cidrcollection/{CidrCollectionId}
CreateCidrCollection POST cidrcollection
CreateHealthCheck POST healthcheck
CreateKeySigningKey POST keysigningkey
CreateQueryLoggingConfig POST queryloggingconfig
CreateReusableDelegationSet POST delegationset
CreateTrafficPolicy POST trafficpolicy
CreateTrafficPolicyInstance POST trafficpolicyinstance
CreateTrafficPolicyVersion POST trafficpolicy/{Id}
CreateVPCAssociationAuthorization POST hostedzone/{Id}/authorizevpcassociation
DeactivateKeySigningKey POST keysigningkey/{HostedZoneId}/{Name}/deactivate
DeleteCidrCollection DELETE cidrcollection/{CidrCollectionId}
DeleteHealthCheck DELETE healthcheck/{HealthCheckId}
DeleteKeySigningKey DELETE keysigningkey/{HostedZoneId}/{Name}
DeleteQueryLoggingConfig DELETE queryloggingconfig/{Id}
DeleteReusableDelegationSet DELETE delegationset/{Id}
DeleteTrafficPolicy DELETE trafficpolicy/{Id}/{Version}
DeleteTrafficPolicyInstance DELETE trafficpolicyinstance/{Id}
DeleteVPCAssociationAuthorization POST hostedzone/{Id}/deauthorizevpcassociation
DisableHostedZoneDNSSEC POST hostedzone/{Id}/disable-dnssec
EnableHostedZoneDNSSEC POST hostedzone/{Id}/enable-dnssec
GetAccountLimit GET accountlimit/{Type}
GetCheckerIpRanges GET checkeripranges
GetDNSSEC GET hostedzone/{Id}/dnssec
GetGeoLocation GET geolocation
GetHealthCheck GET healthcheck/{HealthCheckId}
GetHealthCheckCount GET healthcheckcount
GetHealthCheckLastFailureReason GET healthcheck/{HealthCheckId}/lastfailurereason
GetHealthCheckStatus GET healthcheck/{HealthCheckId}/status
GetHostedZoneLimit GET hostedzonelimit/{Id}/{Type}
GetQueryLoggingConfig GET queryloggingconfig/{Id}
GetReusableDelegationSet GET delegationset/{Id}
GetReusableDelegationSetLimit GET reusabledelegationsetlimit/{Id}/{Type}
GetTrafficPolicy GET trafficpolicy/{Id}/{Version}
GetTrafficPolicyInstance GET trafficpolicyinstance/{Id}
GetTrafficPolicyInstanceCount GET trafficpolicyinstancecount
ListCidrBlocks GET cidrcollection/{CidrCollectionId}/cidrblocks
ListCidrCollections GET cidrcollection
ListCidrLocations GET cidrcollection/{CidrCollectionId}
ListGeoLocations GET geolocations
ListHealthChecks GET healthcheck
ListQueryLoggingConfigs GET queryloggingconfig
ListReusableDelegationSets GET delegationset
ListTagsForResources POST tags/{ResourceType}
ListTrafficPolicies GET trafficpolicies
ListTrafficPolicyInstances GET trafficpolicyinstances
ListTrafficPolicyInstancesByHostedZone GET trafficpolicyinstances/hostedzone
ListTrafficPolicyInstancesByPolicy GET trafficpolicyinstances/trafficpolicy
ListTrafficPolicyVersions GET trafficpolicies/{Id}/versions
ListVPCAssociationAuthorizations GET hostedzone/{Id}/authorizevpcassociation
TestDNSAnswer GET testdnsanswer
UpdateHealthCheck POST healthcheck/{HealthCheckId}
UpdateHostedZoneFeatures POST hostedzone/{Id}/features
UpdateTrafficPolicyComment POST trafficpolicy/{Id}/{Version}
UpdateTrafficPolicyInstance POST trafficpolicyinstance/{Id}
`;

export const unmodelledRoutes: readonly Route[] = unmodelled
  .trim()
  .split('\n')
  .map((line) => {
    const [operation = '', method = '', path = ''] = line.split(' ');
    return { operation, method, path };
  });
