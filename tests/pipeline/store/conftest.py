"""A case that waits, and a store that speaks S3, on real HTTP, for the papers that lie in no folder."""

import itertools
import logging

import boto3
import pytest
from moto.server import ThreadedMotoServer

from pipeline.store.bucket import Bucket

KEYS = {"aws_access_key_id": "clave", "aws_secret_access_key": "secreto", "region_name": "eu-south-2"}
_NAMES = itertools.count()


@pytest.fixture(scope="session")
def s3():
    """Return the address of a server that speaks S3."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3, tmp_path):
    """Return a bucket with nothing in it."""
    name = f"papeles-{next(_NAMES)}"
    made = {"LocationConstraint": KEYS["region_name"]}
    boto3.client("s3", endpoint_url=s3, **KEYS).create_bucket(Bucket=name, CreateBucketConfiguration=made)
    told = {"key": KEYS["aws_access_key_id"], "secret": KEYS["aws_secret_access_key"]}
    return Bucket(place=f"{name}/ventanilla", endpoint=s3, copies=tmp_path / "copias", **told)


@pytest.fixture
def taken(office, pdf):
    """Return an office with one case waiting."""
    office.drop("a.pdf", pdf)
    office.take()
    return office
