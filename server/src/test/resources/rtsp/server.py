"""A real RTSP server for tests: serves H.264 from an MP4 file at rtsp://127.0.0.1:PORT/street and prints its port.

Usage: server.py FILE [USER:PASSWORD]. Needs Debian's gir1.2-gst-rtsp-server-1.0, python3-gi and GStreamer's plugins
good and bad; says so, and ends with 3, when they are missing.
"""

import sys

try:
    import gi

    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer
except (ImportError, ValueError) as missing:
    print("missing: %s" % missing)
    sys.exit(3)

Gst.init(None)
for element in ("qtdemux", "h264parse", "rtph264pay"):
    if not Gst.ElementFactory.find(element):
        print("missing: the GStreamer element %s" % element)
        sys.exit(3)

media = GstRtspServer.RTSPMediaFactory()
media.set_launch(
    "( filesrc location=%s ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1 )" % sys.argv[1]
)
media.set_shared(True)

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
# /street, and as many others as a crowd of cameras wants.
for path in ["/street"] + ["/street-%d" % number for number in range(1, 33)]:
    server.get_mount_points().add_factory(path, media)

if len(sys.argv) > 2:
    user, password = sys.argv[2].split(":")
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    authentication = GstRtspServer.RTSPAuth()
    authentication.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(authentication)
    role = "user, media.factory.access=(bool)true, media.factory.construct=(bool)true"
    media.add_role_from_structure(Gst.Structure.from_string(role)[0])

server.attach(None)
print("port %d" % server.get_bound_port(), flush=True)
GLib.MainLoop().run()
