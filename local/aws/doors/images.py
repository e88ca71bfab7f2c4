"""EC2: images of upstream vendors under their own ids, with the date they were created.

`RegisterImage` makes up an id and `DescribeImages` tells no date. To publish a real release of a vendor,
an image needs its real id, name, owner and date (see endpoints.py), and the newest image of a name filter
can only be found by its date. The made-up images that MiniStack ships, and the public parameters that
point to them, are removed: they would pass for real ones.
"""

import re

from ministack.core import responses
from ministack.services import ec2, ssm

NEEDS = {
    ec2: ("_images", "_describe_images", "_ACTION_MAP", "_STUB_AMIS"),
    ssm: ("_PUBLIC_AMI_PARAMETERS",),
    responses: ("request_scope", "get_region"),
}

REQUIRED_FIELDS = ("imageId", "ownerId", "region", "name", "architecture", "creationDate")


def publish(image):
    """Makes one public image of another account visible in a region; again with the same id replaces it."""
    with responses.request_scope(image["ownerId"], image["region"]):
        ec2._images[image["imageId"]] = {
            "ImageId": image["imageId"],
            "Name": image["name"],
            "ImageLocation": "",
            "Description": image.get("description") or image["name"],
            "Architecture": image["architecture"],
            "RootDeviceType": "ebs",
            "RootDeviceName": image.get("rootDeviceName") or "/dev/xvda",
            "BlockDeviceMappings": [],
            "VirtualizationType": "hvm",
            "CreationDate": image["creationDate"],
            "OwnerId": image["ownerId"],
            "LaunchPermissions": [{"Group": "all"}],
        }


def _with_dates(describe_images):
    def describe(params):
        status, headers, body = describe_images(params)
        dates = {
            image_id: image["CreationDate"]
            for (_account, region, image_id), image in ec2._images.all_items()
            if region == responses.get_region()
        }

        def dated(match):
            date = dates.get(match[1].decode())
            return match[0] + (f"<creationDate>{date}</creationDate>".encode() if date else b"")

        return status, headers, re.sub(rb"<imageId>([^<]*)</imageId>", dated, body)

    return describe


def open_door():
    ec2._STUB_AMIS.clear()
    ssm._PUBLIC_AMI_PARAMETERS.clear()
    ec2._describe_images = ec2._ACTION_MAP["DescribeImages"] = _with_dates(ec2._describe_images)
