/*
 * wsload: how fast does a server broadcast over WebSocket, and at what cost?
 *
 * One thread opens N clients on one path of 127.0.0.1 and a publisher on another. Whatever text the publisher sends, the
 * server is to send to every client as it is. Each message carries the time it was sent, so that whoever receives it
 * knows its latency. The processor time is that of the server, read from the kernel.
 *
 * usage: wsload -p PORT -n CLIENTS -s PID[,PID...] [OPTIONS] PHASE...
 *   -u PATH    where the clients listen (/ws/events)
 *   -P PATH    where the publisher sends (/pub)
 *   -L LABEL   what the server is called in the output
 *   -S K       open K more clients that never read, with the smallest receive buffer
 *   -d         ask for permessage-deflate without context takeover
 *   -N         speak the protocol of NATS inside the WebSocket, whatever the paths are
 *
 * phases, one after the other:
 *   rate:DELIVERIES:SECONDS   open loop: as many broadcasts as make this many deliveries a second
 *   sat:WINDOW:SECONDS        closed loop: WINDOW broadcasts are outstanding at any time
 *   burst:B:SECONDS           closed loop: B broadcasts in one write, then wait until everybody has all of them
 *   idle:SECONDS              nothing
 *
 * Prints a line CONNECT when everybody is connected and a line PHASE after each phase: fields by tabulators, name=value.
 * cpu_us is the server's processor time per message delivered; p50, p99 and max are latencies in milliseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define MOST_PIDS 32
#define MOST_BROADCASTS (4u << 20)
#define MOST_OPENING 64           /* connections being opened at the same time */
#define LATENCY_BUCKETS 2000000   /* of one microsecond each; the last one takes all that is later */
#define FRAME_BYTES 512           /* more than any frame of ours */

enum state { CONNECTING, UPGRADING, OPEN, CLOSED };
enum opcode { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

struct connection {
    int fd;
    enum state state;
    int index;
    uint64_t received;            /* messages so far, which is the number of the next one */
    char *rest;                   /* bytes of a frame, or of a handshake, that is not complete yet */
    size_t rest_length;
    size_t rest_capacity;
};

static int port = 9001;
static int clients = 200;
static int slow_clients;
static int deflated;
static int nats;
static const char *client_path = "/ws/events";
static const char *publisher_path = "/pub";
static const char *label = "server";
static int pids[MOST_PIDS];
static int pid_count;

static int epoll;
static int open_count;
static struct connection publisher = {.index = -1};
static char receive_buffer[1 << 18];
static char accepted_extensions[256];

static uint64_t delivered;
static uint64_t bytes_received;
static uint64_t closed;
static uint64_t broadcasts;
static uint64_t *broadcast_at;    /* microseconds, by number of the broadcast */
static uint32_t *latencies;       /* a histogram */
static uint64_t greatest_latency;
static uint64_t inflated_well;
static uint64_t inflated_badly;

static void die(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static uint64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* --- What the server costs: read from /proc ---------------------------------------------------------------------- */

static int read_file(const char *path, char *into, size_t size)
{
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        return 0;
    ssize_t length = read(fd, into, size - 1);
    close(fd);
    into[length > 0 ? length : 0] = 0;
    return length > 0;
}

/* Seconds in user and in kernel mode, in ticks of the kernel: coarse, but told apart. */
static void cpu_split(double *user, double *kernel)
{
    long ticks = sysconf(_SC_CLK_TCK);
    *user = *kernel = 0;
    for (int i = 0; i < pid_count; i++) {
        char path[64], text[1024];
        unsigned long u = 0, k = 0;
        snprintf(path, sizeof path, "/proc/%d/stat", pids[i]);
        if (!read_file(path, text, sizeof text))
            continue;
        sscanf(strrchr(text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &u, &k);
        *user += (double)u / ticks;
        *kernel += (double)k / ticks;
    }
}

/* Seconds that all threads ran, to the nanosecond. */
static double cpu_exact(void)
{
    double seconds = 0;
    for (int i = 0; i < pid_count; i++) {
        char path[320], text[128];
        snprintf(path, sizeof path, "/proc/%d/task", pids[i]);
        DIR *threads = opendir(path);
        if (!threads)
            continue;
        for (struct dirent *thread; (thread = readdir(threads));) {
            if (thread->d_name[0] == '.')
                continue;
            snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pids[i], thread->d_name);
            if (read_file(path, text, sizeof text))
                seconds += strtod(text, NULL) / 1e9;
        }
        closedir(threads);
    }
    return seconds;
}

static double own_cpu(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return used.tv_sec + used.tv_nsec / 1e9;
}

static long resident_kb(void)
{
    long sum = 0;
    for (int i = 0; i < pid_count; i++) {
        char path[64], text[4096];
        snprintf(path, sizeof path, "/proc/%d/status", pids[i]);
        char *line = read_file(path, text, sizeof text) ? strstr(text, "VmRSS:") : NULL;
        sum += line ? atol(line + 6) : 0;
    }
    return sum;
}

/* --- Latencies --------------------------------------------------------------------------------------------------- */

static void forget_latencies(void)
{
    memset(latencies, 0, LATENCY_BUCKETS * sizeof *latencies);
    greatest_latency = 0;
}

static void note_latency(uint64_t us)
{
    if (us > greatest_latency)
        greatest_latency = us;
    latencies[us < LATENCY_BUCKETS ? us : LATENCY_BUCKETS - 1]++;
}

/* The latency in milliseconds that this share of all messages stays below; -1 when there was none. */
static double percentile(double share)
{
    uint64_t all = 0, seen = 0;
    for (int i = 0; i < LATENCY_BUCKETS; i++)
        all += latencies[i];
    if (!all)
        return -1;
    uint64_t wanted = (uint64_t)(all * share);
    for (int i = 0; i < LATENCY_BUCKETS; i++) {
        seen += latencies[i];
        if (seen > wanted)
            return i / 1000.0;
    }
    return LATENCY_BUCKETS / 1000.0;
}

/* --- Sending ----------------------------------------------------------------------------------------------------- */

static void send_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            struct pollfd writable = {fd, POLLOUT, 0};
            poll(&writable, 1, 1000);
            continue;
        }
        if (sent < 0)
            die("the publisher cannot send", strerror(errno));
        bytes += sent;
        length -= sent;
    }
}

/* What a detection looks like, with some fields more and the time of sending; about 311 bytes as a frame. */
static int write_message(char *into, uint64_t at)
{
    return sprintf(into,
                   "{\"type\":\"detection\",\"data\":{\"id\":1,\"camera_id\":\"cam-123\",\"object_type\":\"person\","
                   "\"confidence\":0.95,\"detected_at\":\"2025-12-23T12:00:00\",\"bbox_x\":100,\"bbox_y\":150,"
                   "\"bbox_width\":200,\"bbox_height\":400,\"ts\":%016llu,"
                   "\"thumbnail\":\"/api/media/detections/1/thumb.jpg\",\"track\":\"trk-000001\","
                   "\"zone\":\"front-door\"}}",
                   (unsigned long long)at);
}

/* A frame with a mask of zeros, which RFC 6455 allows and which needs no work. */
static size_t write_frame(char *into, enum opcode opcode, const char *payload, size_t length)
{
    size_t header = 2;
    into[0] = (char)(0x80 | opcode);
    if (length < 126) {
        into[1] = (char)(0x80 | length);
    } else {
        into[1] = (char)(0x80 | 126);
        into[2] = (char)(length >> 8);
        into[3] = (char)(length & 255);
        header = 4;
    }
    memset(into + header, 0, 4);
    memcpy(into + header + 4, payload, length);
    return header + 4 + length;
}

/* Sends this many broadcasts in one write. */
static void publish(int count)
{
    static char frames[1 << 20];
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        char message[FRAME_BYTES];
        uint64_t now = now_us();
        if (broadcasts >= MOST_BROADCASTS)
            die("publish", "too many broadcasts for one run");
        broadcast_at[broadcasts++] = now;
        int size = write_message(message, now);
        if (nats) {
            char command[FRAME_BYTES + 32];
            int whole = sprintf(command, "PUB events %d\r\n%s\r\n", size, message);
            length += write_frame(frames + length, BINARY, command, whole);
        } else {
            length += write_frame(frames + length, TEXT, message, size);
        }
    }
    send_all(publisher.fd, frames, length);
}

/* --- Receiving --------------------------------------------------------------------------------------------------- */

/* Whether a deflated message is what was sent: only the first client's are looked at. */
static void check_deflated(const unsigned char *payload, size_t length)
{
    static z_stream stream;
    static int ready;
    static unsigned char in[8192], out[8192];
    if (length + 4 >= sizeof in)
        return;
    memcpy(in, payload, length);
    memcpy(in + length, "\0\0\xff\xff", 4);
    if (!ready) {
        inflateInit2(&stream, -15);
        ready = 1;
    }
    stream.next_in = in;
    stream.avail_in = length + 4;
    stream.next_out = out;
    stream.avail_out = sizeof out;
    int result = inflate(&stream, Z_SYNC_FLUSH);
    size_t inflated = sizeof out - stream.avail_out;
    if (result >= 0 && inflated > 20 && !memcmp(out, "{\"type\"", 7) && out[inflated - 1] == '}')
        inflated_well++;
    else
        inflated_badly++;
}

/* When a message was sent, by the time it carries; 0 when it carries none. */
static uint64_t sent_at(const unsigned char *payload, size_t length)
{
    /* Near its end, where ours have it; elsewhere if a server adds fields of its own. */
    const char *field = length > 180 ? memmem(payload + 180, length - 180, "\"ts\":", 5) : NULL;
    if (!field)
        field = memmem(payload, length, "\"ts\":", 5);
    return field ? strtoull(field + 5, NULL, 10) : 0;
}

/* NATS joins what is queued: each message in the frame counts. */
static void receive_nats(struct connection *c, const unsigned char *payload, size_t length, uint64_t now)
{
    const unsigned char *end = payload + length;
    for (const unsigned char *at = payload; (at = memmem(at, end - at, "\"ts\":", 5)); at += 5) {
        uint64_t sent = strtoull((const char *)at + 5, NULL, 10);
        delivered++;
        c->received++;
        note_latency(now > sent ? now - sent : 0);
    }
}

static void receive_frame(struct connection *c, int first_byte, const unsigned char *payload, size_t length,
                          uint64_t now)
{
    int opcode = first_byte & 15;
    int is_deflated = first_byte & 0x40;
    uint64_t at = 0;
    if (c == &publisher || opcode == PING || opcode == PONG)
        return;
    if (opcode == CLOSE) {
        closed++;
        return;
    }
    if (nats) {
        receive_nats(c, payload, length, now);
        return;
    }
    if (is_deflated || deflated) {
        /* Its time cannot be read without inflating it; but the k-th message received is the k-th sent. */
        if (c->received < broadcasts)
            at = broadcast_at[c->received];
        if (is_deflated && c->index == 0)
            check_deflated(payload, length);
    } else if (!(at = sent_at(payload, length))) {
        return;                   /* not one of ours */
    }
    delivered++;
    c->received++;
    if (at)
        note_latency(now > at ? now - at : 0);
}

/* Takes the frames that are complete; returns how many bytes they had. */
static size_t receive_frames(struct connection *c, const unsigned char *bytes, size_t length)
{
    size_t at = 0;
    uint64_t now = now_us();
    while (length - at >= 2) {
        size_t header = 2, payload = bytes[at + 1] & 127;
        if (payload == 126) {
            if (length - at < 4)
                break;
            payload = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
            header = 4;
        } else if (payload == 127) {
            if (length - at < 10)
                break;
            payload = 0;
            for (int i = 0; i < 8; i++)
                payload = payload << 8 | bytes[at + 2 + i];
            header = 10;
        }
        if (length - at < header + payload)
            break;
        receive_frame(c, bytes[at], bytes + at + header, payload, now);
        at += header + payload;
    }
    return at;
}

static void keep(struct connection *c, const char *bytes, size_t length)
{
    if (c->rest_length + length > c->rest_capacity) {
        c->rest_capacity = c->rest_length + length + 1024;
        c->rest = realloc(c->rest, c->rest_capacity);
    }
    memcpy(c->rest + c->rest_length, bytes, length);
    c->rest_length += length;
}

static void drop_from_rest(struct connection *c, size_t length)
{
    memmove(c->rest, c->rest + length, c->rest_length - length);
    c->rest_length -= length;
}

/* Looks at the answer to a handshake; what follows it are frames already. */
static void receive_answer(struct connection *c)
{
    char *end = memmem(c->rest, c->rest_length, "\r\n\r\n", 4);
    if (!end)
        return;
    *end = 0;
    if (!strstr(c->rest, " 101"))
        die("the server refuses a connection", c->rest);
    char *extensions = strcasestr(c->rest, "sec-websocket-extensions:");
    if (c->index == 0 && extensions)
        snprintf(accepted_extensions, sizeof accepted_extensions, "%.*s", (int)strcspn(extensions, "\r"), extensions);
    drop_from_rest(c, end + 4 - c->rest);
    c->state = OPEN;
    if (nats) {
        char command[128], frame[160];
        int length = sprintf(command, "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n%sPING\r\n",
                             c == &publisher ? "" : "SUB events 1\r\n");
        send_all(c->fd, frame, write_frame(frame, BINARY, command, length));
    }
    open_count++;
    drop_from_rest(c, receive_frames(c, (unsigned char *)c->rest, c->rest_length));
}

static void receive(struct connection *c)
{
    ssize_t length = recv(c->fd, receive_buffer, sizeof receive_buffer, 0);
    if (length < 0 && errno == EAGAIN)
        return;
    if (length <= 0) {
        if (c->state == UPGRADING)
            die("the server", "closed a connection in its handshake");
        c->state = CLOSED;
        closed++;
        close(c->fd);
        return;
    }
    bytes_received += length;
    if (c->state == UPGRADING) {
        keep(c, receive_buffer, length);
        receive_answer(c);
    } else if (c->rest_length) {
        keep(c, receive_buffer, length);
        drop_from_rest(c, receive_frames(c, (unsigned char *)c->rest, c->rest_length));
    } else {
        size_t taken = receive_frames(c, (unsigned char *)receive_buffer, length);
        if (taken < (size_t)length)
            keep(c, receive_buffer + taken, length - taken);
    }
}

/* --- Connecting -------------------------------------------------------------------------------------------------- */

static void start_connecting(struct connection *c, int small_buffer)
{
    int on = 1, smallest = 4096;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0)
        die("socket", strerror(errno));
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (small_buffer)
        setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &smallest, sizeof smallest);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS)
        die("connect", strerror(errno));
    c->state = CONNECTING;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = c};
    epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event);
}

static void send_handshake(struct connection *c)
{
    char request[1024];
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error)
        die("connect", strerror(error));
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
                          c == &publisher ? publisher_path : client_path, port,
                          deflated && c != &publisher
                              ? "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; "
                                "client_no_context_takeover\r\n"
                              : "");
    if (send(c->fd, request, length, MSG_NOSIGNAL) != length)
        die("send a handshake", strerror(errno));
    c->state = UPGRADING;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
}

/* Handles what is there; waits at most this long for something. */
static void step(int milliseconds)
{
    struct epoll_event events[512];
    int count = epoll_wait(epoll, events, 512, milliseconds);
    for (int i = 0; i < count; i++) {
        struct connection *c = events[i].data.ptr;
        if (c->state == CONNECTING)
            send_handshake(c);
        else if (c->state != CLOSED)
            receive(c);
    }
}

/* Goes on until nothing has come for 150 ms, at most for so many seconds. */
static void settle(double seconds)
{
    uint64_t begun = now_us(), moved = begun, last = delivered;
    while (now_us() - begun < seconds * 1e6 && now_us() - moved <= 150000) {
        step(50);
        if (delivered != last) {
            last = delivered;
            moved = now_us();
        }
    }
}

static void wait_until_open(int wanted, uint64_t deadline)
{
    while (open_count < wanted) {
        step(100);
        if (now_us() > deadline)
            die("connect", "not everybody was connected in time");
    }
}

static void connect_everybody(void)
{
    struct connection *everybody = calloc(clients, sizeof *everybody);
    double user0, kernel0, user1, kernel1;
    long resident0 = resident_kb();
    cpu_split(&user0, &kernel0);
    uint64_t begun = now_us();
    for (int started = 0; open_count < clients;) {
        for (; started < clients && started - open_count < MOST_OPENING; started++) {
            everybody[started].index = started;
            start_connecting(&everybody[started], 0);
        }
        step(100);
        if (now_us() - begun > 60000000)
            die("connect", "not everybody was connected within 60 s");
    }
    uint64_t took = now_us() - begun;
    settle(1);
    cpu_split(&user1, &kernel1);
    long resident1 = resident_kb();

    start_connecting(&publisher, 0);
    wait_until_open(clients + 1, now_us() + 30000000);

    struct connection *stalled = calloc(slow_clients + 1, sizeof *stalled);
    for (int i = 0; i < slow_clients; i++) {
        stalled[i].index = -1;
        start_connecting(&stalled[i], 1);
        wait_until_open(clients + 2 + i, now_us() + 30000000);
        epoll_ctl(epoll, EPOLL_CTL_DEL, stalled[i].fd, NULL);
    }
    settle(0.6);
    printf("CONNECT\t%s\tN=%d\tsecs=%.2f\tcpu_us_conn=%.1f\trss0_kb=%ld\trss1_kb=%ld\tkb_per_conn=%.2f\t%s\n", label,
           clients, took / 1e6, (user1 - user0 + kernel1 - kernel0) * 1e6 / clients, resident0, resident1,
           (double)(resident1 - resident0) / clients, accepted_extensions);
    fflush(stdout);
}

/* --- Phases ------------------------------------------------------------------------------------------------------ */

/* Waits until everything sent is delivered, or nothing has moved for 2 s; returns when it last moved. */
static uint64_t wait_for_the_rest(uint64_t wanted)
{
    uint64_t moved = now_us(), last = delivered;
    while (delivered < wanted && now_us() - moved < 2000000) {
        step(20);
        if (delivered != last) {
            last = delivered;
            moved = now_us();
        }
    }
    return moved;
}

/* Returns how often the publisher was late. */
static uint64_t run_rate(double deliveries_per_second, double seconds)
{
    uint64_t begun = now_us(), end = begun + seconds * 1e6, late = 0;
    double interval = 1e6 * clients / deliveries_per_second, next = begun + interval;
    for (uint64_t now; (now = now_us()) < end;) {
        if (now >= next) {
            publish(1);
            next += interval;
            if (next < now) {
                late++;
                next = now;
            }
        }
        int64_t wait = (int64_t)(next - now_us());
        step(wait > 1000 ? wait / 1000 : 0);
    }
    return late;
}

/* Returns how often nothing moved for 1.5 s, after which what is missing counts as lost. */
static uint64_t run_closed_loop(int window, int burst, double seconds)
{
    uint64_t now = now_us(), end = now + seconds * 1e6, moved = now, stalls = 0;
    uint64_t delivered0 = delivered, broadcasts0 = broadcasts, last = delivered;
    while (now_us() < end) {
        if (burst > 1) {
            if (delivered - delivered0 >= (broadcasts - broadcasts0) * clients)
                publish(burst);
        } else {
            while (broadcasts - broadcasts0 < (delivered - delivered0) / clients + window)
                publish(1);
        }
        step(50);
        if (delivered != last) {
            last = delivered;
            moved = now_us();
        } else if (now_us() - moved > 1500000) {
            stalls++;
            delivered0 = delivered;
            broadcasts0 = broadcasts;
            moved = now_us();
        }
    }
    return stalls;
}

static void run_phase(const char *phase)
{
    char kind[16] = "";
    double first = 0, second = 0;
    if (sscanf(phase, "%15[^:]:%lf:%lf", kind, &first, &second) < 2)
        die(phase, "no phase");
    forget_latencies();
    uint64_t delivered0 = delivered, broadcasts0 = broadcasts, bytes0 = bytes_received, stalls = 0;
    double user0, kernel0, user1, kernel1;
    cpu_split(&user0, &kernel0);
    double cpu0 = cpu_exact(), own0 = own_cpu();
    uint64_t begun = now_us(), ended;

    if (!strcmp(kind, "idle")) {
        while (now_us() - begun < first * 1e6)
            step(50);
        ended = now_us();
    } else if (!strcmp(kind, "rate")) {
        stalls = run_rate(first, second);
        wait_for_the_rest(delivered0 + (broadcasts - broadcasts0) * clients);
        ended = now_us();
    } else if (!strcmp(kind, "burst") && first >= 1 && first * FRAME_BYTES <= 1 << 20) {
        stalls = run_closed_loop(1, (int)first, second);
        ended = wait_for_the_rest(delivered0 + (broadcasts - broadcasts0) * clients);
    } else if (!strcmp(kind, "sat") && first >= 1) {
        stalls = run_closed_loop((int)first, 1, second);
        ended = wait_for_the_rest(delivered0 + (broadcasts - broadcasts0) * clients);
    } else {
        die(phase, "no phase");
        return;
    }

    usleep(20000);                /* until the kernel has charged what it did last */
    cpu_split(&user1, &kernel1);
    double cpu1 = cpu_exact(), own1 = own_cpu();
    double got = delivered - delivered0, seconds = (ended - begun) / 1e6;
    double each = got < 1 ? 1 : got;
    printf("PHASE\t%s\tN=%d\t%s\tdeliv=%.0f\texp=%.0f\tmsg_s=%.0f\tcpu_us=%.3f\tusr=%.3f\tsys=%.3f\tp50=%.2f\tp99=%.2f"
           "\tmax=%.1f\trss_mb=%.1f\tcli_us=%.2f\tstall=%llu\tclosed=%llu\tB_msg=%.0f%s\n",
           label, clients, phase, got, (double)(broadcasts - broadcasts0) * clients, got / seconds,
           (cpu1 - cpu0) * 1e6 / each, (user1 - user0) * 1e6 / each, (kernel1 - kernel0) * 1e6 / each, percentile(.5),
           percentile(.99), greatest_latency / 1000.0, resident_kb() / 1024.0, (own1 - own0) * 1e6 / each,
           (unsigned long long)stalls, (unsigned long long)closed, (bytes_received - bytes0) / each,
           inflated_badly ? "\tINFLATE_BAD" : inflated_well ? "\tinflate_ok" : "");
    fflush(stdout);
    settle(0.15);
}

int main(int count, char **arguments)
{
    for (int option; (option = getopt(count, arguments, "p:u:P:n:s:L:dNS:")) != -1;) {
        switch (option) {
        case 'p': port = atoi(optarg); break;
        case 'u': client_path = optarg; break;
        case 'P': publisher_path = optarg; break;
        case 'n': clients = atoi(optarg); break;
        case 'L': label = optarg; break;
        case 'd': deflated = 1; break;
        case 'N': nats = 1; break;
        case 'S': slow_clients = atoi(optarg); break;
        case 's':
            for (char *pid = strtok(optarg, ","); pid && pid_count < MOST_PIDS; pid = strtok(NULL, ","))
                pids[pid_count++] = atoi(pid);
            break;
        default: return 2;
        }
    }
    latencies = calloc(LATENCY_BUCKETS, sizeof *latencies);
    broadcast_at = calloc(MOST_BROADCASTS, sizeof *broadcast_at);
    epoll = epoll_create1(0);
    connect_everybody();
    for (int i = optind; i < count; i++)
        run_phase(arguments[i]);
    return 0;
}
