"""One OpenStack Swift with its S3 interface on 127.0.0.1: proxy, account, container and object server as one process.

Usage: swift-server.py FOLDER PORT ACCESS_KEY SECRET_KEY
"""

import array
import json
import os
import socket
import sys

from swift.common import utils, wsgi

utils.eventlet_monkey_patch()
folder, port, access, secret = sys.argv[1:]
utils.HASH_PATH_PREFIX, utils.HASH_PATH_SUFFIX = b"homeward", b"tests"

import eventlet
import eventlet.wsgi
from swift.common.http_protocol import SwiftHttpProtocol
from swift.common.ring import RingData

PROXY = """
[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors gatekeeper s3api tempauth bulk slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {secret} .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
"""

STORE = """
[DEFAULT]
swift_dir = {folder}
devices = {folder}
mount_check = false
disable_fallocate = true
fallocate_reserve = 0
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""


class NoLog:
    def write(self, text):
        pass


class Cache:
    """Stands where memcached would, which Swift's sign-in insists on: for one process a dictionary will do."""

    def __init__(self):
        self.kept = {}

    def get(self, key, **_):
        return json.loads(self.kept.get(key, "null"))

    def set(self, key, value, **_):
        self.kept[key] = json.dumps(value)

    def delete(self, key, **_):
        self.kept.pop(key, None)


def with_cache(app):
    cache = Cache()

    def answer(environ, start_response):
        environ["swift.cache"] = cache
        return app(environ, start_response)

    return answer


def serve(name, listening, text):
    path = os.path.join(folder, name + ".conf")
    with open(path, "w") as file:
        file.write(text)
    app = with_cache(wsgi.loadapp(path))
    return eventlet.spawn(eventlet.wsgi.server, listening, app, NoLog(), protocol=SwiftHttpProtocol)


def listen(at):
    listening = eventlet.listen(("127.0.0.1", at), reuse_addr=True)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


public = listen(int(port))
stores = {kind: listen(0) for kind in ("account", "container", "object")}
os.makedirs(os.path.join(folder, "disk"), exist_ok=True)
for kind, listening in stores.items():
    device = {"id": 0, "zone": 0, "region": 1, "weight": 1.0, "ip": "127.0.0.1", "device": "disk"}
    device.update(port=listening.getsockname()[1], replication_ip="127.0.0.1")
    device.update(replication_port=device["port"])
    RingData([array.array("H", [0] * 4)], [device], 30).save(os.path.join(folder, kind + ".ring.gz"))
    serve(kind, listening, STORE.format(folder=folder, kind=kind))
account, user = access.split(":")
serve("proxy", public, PROXY.format(folder=folder, account=account, user=user, secret=secret)).wait()
