#!/bin/sh
# nginx with the module nchan, as its users would set it up: what comes on /pub goes out on /ws/events.
# usage: nchan.sh PORT MODULE
set -eu
folder=$(mktemp -d)
cat >"$folder/nginx.conf" <<CONF
load_module $2;
daemon off;
worker_processes 1;
pid $folder/pid;
error_log $folder/error.log crit;
events { worker_connections 20000; }
http {
  access_log off;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  nchan_shared_memory_size 128M;
  server {
    listen 127.0.0.1:$1 backlog=4096;
    location = /pub { nchan_publisher websocket; nchan_channel_id events; nchan_message_buffer_length 100; }
    location = /ws/events { nchan_subscriber websocket; nchan_channel_id events; nchan_subscriber_first_message newest; }
  }
}
CONF
exec nginx -p "$folder" -c "$folder/nginx.conf"
