"""Calls every operation of the Image Builder stand-in with boto3 and checks each raw answer against botocore's own model.

usage: conformance.py URL KEY PARENT_AMI INSTANCE_PROFILE

URL is the stand-in's, KEY the root key of the account that has the AMI and the profile. Prints one JSON object, and violations on standard error:
{"answers": {operation: how many}, "errors": {code: HTTP status}, "violations": [sentence]}. Ends with 1 if there are violations.
"""

import json
import re
import sys
import time
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

DOCUMENT = """name: tools
schemaVersion: 1.0
parameters:
  - Depth:
      type: String
      default: "1"
      description: How deep
phases:
  - name: build
    steps:
      - name: Install
        action: ExecuteBash
        inputs:
          commands:
            - sudo dnf install -y git
  - name: test
    steps:
      - name: Boot
        action: ExecuteBash
        inputs:
          commands: ["true"]
"""

JSON_TYPES = {
    "string": str,
    "integer": int,
    "long": int,
    "boolean": bool,
    "timestamp": (int, float),
    "structure": dict,
    "map": dict,
    "list": list,
}
FINAL = ("AVAILABLE", "FAILED", "CANCELLED")


def shape_violations(shape, value, path):
    """Everything in `value` that the model does not allow."""
    kind = shape.type_name
    if not isinstance(value, JSON_TYPES[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return [f"{path}: {value!r} is no {kind}"]
    return list(CHECKS.get(kind, lambda *_: ())(shape, value, path))


def structure_violations(shape, value, path):
    for name in value:
        if name not in shape.members:
            yield f"{path}.{name}: unknown to {shape.name}"
    for name in shape.required_members:
        if name not in value:
            yield f"{path}.{name}: required by {shape.name}"
    for name, member in shape.members.items():
        if name in value:
            yield from shape_violations(member, value[name], f"{path}.{name}")


def list_violations(shape, value, path):
    yield from size_violations(shape, len(value), path)
    for at, each in enumerate(value):
        yield from shape_violations(shape.member, each, f"{path}[{at}]")


def map_violations(shape, value, path):
    # An empty map is how the service shows that a resource has no tags, though its input wants one entry.
    if value:
        yield from size_violations(shape, len(value), path)
    for key, each in value.items():
        yield from shape_violations(shape.key, key, f"{path}.{key} (key)")
        yield from shape_violations(shape.value, each, f"{path}.{key}")


def string_violations(shape, value, path):
    yield from size_violations(shape, len(value), path)
    if shape.enum and value not in shape.enum:
        yield f"{path}: {value!r} is not one of {shape.enum}"
    pattern = shape.metadata.get("pattern")
    if pattern and not re.search(pattern, value):
        yield f"{path}: {value!r} does not match {pattern}"


def number_violations(shape, value, path):
    return size_violations(shape, value, path)


def size_violations(shape, size, path):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        yield f"{path}: {size} is less than {least}"
    if most is not None and size > most:
        yield f"{path}: {size} is more than {most}"


CHECKS = {
    "structure": structure_violations,
    "list": list_violations,
    "map": map_violations,
    "string": string_violations,
    "integer": number_violations,
}


class Watch:
    """Looks at every raw answer on its way into boto3."""

    def __init__(self, client):
        self.answers = {}
        self.errors = {}
        self.violations = []
        self.model = client.meta.service_model
        client.meta.events.register("before-parse.imagebuilder.*", self.see)

    def see(self, operation_model, response_dict, **_):
        name, status, body = operation_model.name, response_dict["status_code"], response_dict["body"]
        if status >= 400:
            self.see_error(name, status, response_dict["headers"].get("x-amzn-errortype"), body)
            return
        self.answers[name] = self.answers.get(name, 0) + 1
        if status != 200:
            self.violations.append(f"{name}: answered {status}")
        self.violations += shape_violations(operation_model.output_shape, json.loads(body), name)

    def see_error(self, name, status, code, body):
        shapes = {shape.name: shape for shape in self.model.error_shapes}
        if code not in shapes:
            self.violations.append(f"{name}: the model has no error {code}")
            return
        self.errors[code] = status
        wanted = shapes[code].metadata["error"]["httpStatusCode"]
        if status != wanted:
            self.violations.append(f"{name}: {code} has status {status} instead of {wanted}")
        self.violations += shape_violations(shapes[code], json.loads(body), f"{name} {code}")


def fails(code, call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        if error.response["Error"]["Code"] == code:
            return
        raise
    raise SystemExit(f"{call} was to fail with {code}")


def until_final(client, arn):
    for _ in range(600):
        image = client.get_image(imageBuildVersionArn=arn)["image"]
        if image["state"]["status"] in FINAL:
            return image
        time.sleep(0.02)
    raise SystemExit(f"{arn} did not end")


def add_fault(url, fault):
    request = urllib.request.Request(f"{url}/_control/faults", json.dumps(fault).encode(), method="POST")
    urllib.request.urlopen(request).close()


def make_resources(client, region, parent, profile):
    """One of each, with every kind of member that an answer can have."""
    component = client.create_component(
        name="My Tools",
        semanticVersion="1.0.0",
        platform="Linux",
        description="Tools",
        changeDescription="First",
        supportedOsVersions=["Amazon Linux 2023"],
        data=DOCUMENT,
        tags={"template": "tools"},
    )["componentBuildVersionArn"]
    recipe = client.create_image_recipe(
        name="My Recipe",
        semanticVersion="1.0.x",
        description="Recipe",
        parentImage=parent,
        components=[{"componentArn": component, "parameters": [{"name": "Depth", "value": ["2"]}]}],
        blockDeviceMappings=[{"deviceName": "/dev/xvda", "ebs": {"volumeSize": 10, "volumeType": "gp3", "encrypted": False}}],
        workingDirectory="/var/tmp",
        additionalInstanceConfiguration={"systemsManagerAgent": {"uninstallAfterBuild": False}, "userDataOverride": "IyEvYmluL3NoCg=="},
        amiTags={"template": "tools"},
        tags={"template": "tools"},
    )["imageRecipeArn"]
    infrastructure = client.create_infrastructure_configuration(
        name="My Infrastructure",
        description="Infrastructure",
        instanceProfileName=profile,
        instanceTypes=["m7i.large", "m6i.large"],
        logging={"s3Logs": {"s3BucketName": "logs", "s3KeyPrefix": "builds"}},
        resourceTags={"grant": "nsf"},
        instanceMetadataOptions={"httpTokens": "required", "httpPutResponseHopLimit": 2},
        placement={"tenancy": "default"},
        tags={"template": "tools"},
    )["infrastructureConfigurationArn"]
    ami = {
        "name": "tools {{ imagebuilder:buildDate }}",
        "description": "Tools",
        "amiTags": {"template": "tools"},
        "launchPermission": {"userIds": ["444455556666"]},
    }
    distribution = client.create_distribution_configuration(
        name="My Distribution",
        description="Distribution",
        distributions=[
            {
                "region": region,
                "amiDistributionConfiguration": ami,
                "ssmParameterConfigurations": [{"parameterName": "/imagebuilder/tools", "dataType": "text"}],
            },
            {"region": "us-west-2", "amiDistributionConfiguration": ami},
        ],
        tags={"template": "tools"},
    )["distributionConfigurationArn"]
    return component, recipe, infrastructure, distribution


def read_resources(client, component, recipe, infrastructure, distribution):
    client.get_component(componentBuildVersionArn=component)
    client.get_component(componentBuildVersionArn=f"{component.rsplit('/', 2)[0]}/x.x.x")
    client.list_components(owner="Self", filters=[{"name": "type", "values": ["BUILD"]}], maxResults=5)
    client.list_components(owner="Amazon", maxResults=2)
    client.list_component_build_versions(componentVersionArn=component.rsplit("/", 1)[0])
    client.get_image_recipe(imageRecipeArn=recipe)
    client.list_image_recipes(owner="Self")
    client.get_infrastructure_configuration(infrastructureConfigurationArn=infrastructure)
    client.list_infrastructure_configurations()
    client.get_distribution_configuration(distributionConfigurationArn=distribution)
    client.list_distribution_configurations()


def update_resources(client, region, profile, infrastructure, distribution):
    client.update_infrastructure_configuration(
        infrastructureConfigurationArn=infrastructure, instanceProfileName=profile, description="Changed"
    )
    client.get_infrastructure_configuration(infrastructureConfigurationArn=infrastructure)
    client.update_distribution_configuration(
        distributionConfigurationArn=distribution,
        distributions=[{"region": region, "ssmParameterConfigurations": [{"parameterName": "/imagebuilder/tools"}]}],
    )
    client.get_distribution_configuration(distributionConfigurationArn=distribution)


def build_images(client, url, request):
    """One that succeeds, one that fails, one that is cancelled; each looked at on its way."""
    available = client.create_image(**request, tags={"template": "tools"}, enhancedImageMetadataEnabled=True)["imageBuildVersionArn"]
    assert until_final(client, available)["state"]["status"] == "AVAILABLE"
    add_fault(url, {"match": {"count": 1}, "fault": {"failAt": "BUILDING", "reason": "No space left on device"}})
    failed = client.create_image(**request)["imageBuildVersionArn"]
    assert until_final(client, failed)["state"]["failureContext"]["componentFailure"]["stepName"] == "Install"
    add_fault(url, {"match": {"count": 1}, "fault": {"failAt": "DISTRIBUTING"}})
    undistributed = client.create_image(**request)["imageBuildVersionArn"]
    assert "distributionFailure" in until_final(client, undistributed)["state"]["failureContext"]
    cancelled = client.create_image(**request)["imageBuildVersionArn"]
    client.cancel_image_creation(imageBuildVersionArn=cancelled)
    assert until_final(client, cancelled)["state"]["status"] == "CANCELLED"
    time.sleep(0.1)
    version = available.rsplit("/", 1)[0]
    client.get_image(imageBuildVersionArn=version)
    client.list_images(owner="Self", byName=True, filters=[{"name": "platform", "values": ["Linux"]}])
    client.list_image_build_versions(imageVersionArn=version, maxResults=2)
    for page in client.get_paginator("list_image_packages").paginate(imageBuildVersionArn=available):
        assert len(page["imagePackageList"]) <= 25
    return [available, failed, undistributed, cancelled]


def tag(client, arns):
    for arn in arns:
        client.tag_resource(resourceArn=arn, tags={"owner": "me", "a/b": "c d"})
        client.untag_resource(resourceArn=arn, tagKeys=["owner", "a/b"])
        client.list_tags_for_resource(resourceArn=arn)


def provoke_errors(client, recipe, parent, request, images):
    missing = images[0].replace("/1.0.", "/9.9.")
    fails("ResourceNotFoundException", client.get_image, imageBuildVersionArn=missing)
    fails("ResourceNotFoundException", client.list_tags_for_resource, resourceArn=missing)
    fails("InvalidPaginationTokenException", client.list_images, nextToken="made-up")
    fails("InvalidParameterValueException", client.list_images, filters=[{"name": "colour", "values": ["red"]}])
    fails("InvalidRequestException", client.cancel_image_creation, imageBuildVersionArn=images[0])
    version = recipe.rsplit("/", 1)[1]
    fails("ResourceAlreadyExistsException", client.create_image_recipe, name="My Recipe", semanticVersion=version, parentImage=parent)
    fails("InvalidVersionNumberException", client.create_image_recipe, name="Other", semanticVersion="x.1.1", parentImage=parent)
    fails("DryRunOperationException", client.create_image_recipe, name="Other", semanticVersion="1.0.0", parentImage=parent, dryRun=True)
    fails("InvalidParameterCombinationException", client.create_image, **{**request, "loggingConfiguration": {"logGroupName": "/mine"}})
    client.create_component(name="Once", semanticVersion="1.0.0", platform="Linux", data=DOCUMENT, clientToken="once")
    fails(
        "IdempotentParameterMismatchException",
        client.create_component,
        **{"name": "Once", "semanticVersion": "1.0.1", "platform": "Linux", "data": DOCUMENT, "clientToken": "once"},
    )


def delete_resources(client, component, recipe, infrastructure, distribution, images):
    fails("ResourceDependencyException", client.delete_component, componentBuildVersionArn=component)
    for image in images:
        client.delete_image(imageBuildVersionArn=image)
    client.delete_image_recipe(imageRecipeArn=recipe)
    client.delete_component(componentBuildVersionArn=component)
    client.delete_infrastructure_configuration(infrastructureConfigurationArn=infrastructure)
    client.delete_distribution_configuration(distributionConfigurationArn=distribution)


def main(url, key, parent, profile):
    region = "us-east-1"
    client = boto3.client(
        "imagebuilder",
        endpoint_url=url,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )
    watch = Watch(client)
    component, recipe, infrastructure, distribution = make_resources(client, region, parent, profile)
    read_resources(client, component, recipe, infrastructure, distribution)
    request = {
        "imageRecipeArn": recipe,
        "infrastructureConfigurationArn": infrastructure,
        "distributionConfigurationArn": distribution,
        "imageTestsConfiguration": {"imageTestsEnabled": True, "timeoutMinutes": 60},
        "loggingConfiguration": {"logGroupName": "/aws/imagebuilder/tools"},
    }
    images = build_images(client, url, request)
    provoke_errors(client, recipe, parent, request, images)
    tag(client, [component, recipe, infrastructure, distribution, images[0]])
    update_resources(client, region, profile, infrastructure, distribution)
    delete_resources(client, component, recipe, infrastructure, distribution, images)
    print(json.dumps({"answers": watch.answers, "errors": watch.errors, "violations": watch.violations}))
    print("\n".join(watch.violations), file=sys.stderr)
    return 1 if watch.violations else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
