#!/bin/sh
# The NATS server with its WebSocket, as its users would set it up; the generator speaks its protocol.
# usage: nats.sh PORT
set -eu
folder=$(mktemp -d)
cat >"$folder/nats.conf" <<CONF
listen: "127.0.0.1:-1"
websocket { listen: "127.0.0.1:$1", no_tls: true }
max_connections: 65536
CONF
exec nats-server -c "$folder/nats.conf" -l "$folder/nats.log"
