"""What people do with boto3, against the endpoint in the first argument; prints what came of it as JSON."""

import json
import sys

import boto3

session = boto3.Session(aws_access_key_id="any", aws_secret_access_key="any", region_name="eu-west-1")


def client(name):
    return session.client(name, endpoint_url=sys.argv[1])


ec2, route53, dynamodb = client("ec2"), client("route53"), client("dynamodb")
sqs, events, sts = client("sqs"), client("events"), client("sts")
seen = {"account": sts.get_caller_identity()["Account"]}

instance = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1)["Instances"][0]
interface = instance["NetworkInterfaces"][0]["NetworkInterfaceId"]
ec2.create_tags(Resources=[instance["InstanceId"]], Tags=[{"Key": "role", "Value": "db"}])
ec2.get_waiter("instance_running").wait(
    InstanceIds=[instance["InstanceId"]], WaiterConfig={"Delay": 1, "MaxAttempts": 20}
)
allocation = ec2.allocate_address(Domain="vpc")
ec2.associate_address(AllocationId=allocation["AllocationId"], InstanceId=instance["InstanceId"])
ec2.assign_private_ip_addresses(NetworkInterfaceId=interface, SecondaryPrivateIpAddressCount=1)
found = ec2.describe_instances(Filters=[{"Name": "tag:role", "Values": ["db"]}])["Reservations"][0]["Instances"][0]
seen["hasElasticIp"] = found["PublicIpAddress"] == allocation["PublicIp"]
seen["privateIps"] = len(found["NetworkInterfaces"][0]["PrivateIpAddresses"])

zone = route53.create_hosted_zone(Name="corp.internal", CallerReference="boto3")["HostedZone"]["Id"]
record = {"Name": "*.corp.internal", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "10.0.0.1"}]}
route53.change_resource_record_sets(
    HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]}
)
records = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
seen["records"] = sorted(each["Name"] for each in records if each["Type"] == "A")

dynamodb.create_table(
    TableName="boto3",
    BillingMode="PAY_PER_REQUEST",
    KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
)
dynamodb.put_item(TableName="boto3", Item={"pk": {"S": "a"}, "n": {"N": "1"}})
seen["item"] = dynamodb.get_item(TableName="boto3", Key={"pk": {"S": "a"}})["Item"]["n"]["N"]

queue = sqs.create_queue(QueueName="boto3")["QueueUrl"]
arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
events.put_rule(Name="boto3", EventPattern=json.dumps({"source": ["boto3"]}))
policy = {
    "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
}
sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(policy)})
events.put_targets(Rule="boto3", Targets=[{"Id": "queue", "Arn": arn}])
events.put_events(Entries=[{"Source": "boto3", "DetailType": "hello", "Detail": "{}"}])
message = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"][0]
seen["event"] = json.loads(message["Body"])["detail-type"]
print(json.dumps(seen))
